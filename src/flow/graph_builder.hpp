#pragma once

#include <string>
#include <utility>
#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// Adds nodes with names that begin alike.
class GraphBuilder {
 public:
  GraphBuilder(nn::Graph& graph, std::string prefix) : graph_(graph), prefix_(std::move(prefix)) {}

  nn::NodeId add(const std::string& name, nn::Operation operation, std::vector<nn::NodeId> inputs) {
    return graph_.add(prefix_ + name, std::move(operation), std::move(inputs));
  }
  nn::NodeId constant(const std::string& name, nn::Shape shape, std::vector<float> values) {
    return add(name, nn::Constant{std::move(shape), std::move(values)}, {});
  }
  nn::NodeId number(const std::string& name, double value) {
    return constant(name, {1}, {static_cast<float>(value)});
  }
  nn::NodeId binary(const std::string& name, nn::BinaryFunction function, nn::NodeId a,
                    nn::NodeId b) {
    return add(name, nn::Arithmetic{function}, {a, b});
  }
  /// The same with a number, which becomes a constant.
  nn::NodeId binary(const std::string& name, nn::BinaryFunction function, nn::NodeId a, double b) {
    return binary(name, function, a, number(name + "_number", b));
  }
  nn::NodeId function(const std::string& name, nn::Function function, nn::NodeId from) {
    return add(name, nn::Activation{function}, {from});
  }
  nn::NodeId clip(const std::string& name, nn::NodeId from, double low, double high) {
    return add(name, nn::Activation{nn::Function::clip, low, high}, {from});
  }
  nn::NodeId sum(const std::string& name, nn::NodeId from, std::vector<std::int64_t> axes,
                 bool keep_axes = false) {
    return add(name, nn::Reduction{nn::Reducer::sum, std::move(axes), keep_axes}, {from});
  }
  nn::NodeId slice(const std::string& name, nn::NodeId from, std::int64_t axis, std::int64_t start,
                   std::int64_t stop) {
    return add(name, nn::Slice{axis, start, stop}, {from});
  }
  nn::NodeId reshape(const std::string& name, nn::NodeId from, nn::Shape shape) {
    return add(name, nn::Reshape{std::move(shape)}, {from});
  }
  const nn::Shape& shape_of(nn::NodeId node) const { return graph_.node(node).shape; }

 private:
  nn::Graph& graph_;
  std::string prefix_;
};

}  // namespace showergan::flow
