#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "nn/graph/dropout.hpp"
#include "nn/graph/graph.hpp"

namespace showergan::nn::reference {

/// Parameter values or gradients in double precision, laid out as nn::Parameters.
struct DoubleParameters {
  std::vector<double> trainable;
  std::vector<double> statistics;
};

DoubleParameters to_double(const Parameters& parameters);

struct Options {
  bool training = false;  ///< batch statistics, dropout, update of the moving statistics
  DropoutKey dropout;     ///< only used in training
};

struct Tensor;  // what operators see of one, in operator.hpp

/// Runs any graph, as built or lowered, in double precision with plain loops: slow, simple, and the
/// yardstick for everything else. Tensors are (batch, shape of the node) in row-major order.
class Interpreter {
 public:
  /// `graph` must outlive the interpreter.
  Interpreter(const Graph& graph, std::int64_t batch, Options options = {});
  Interpreter(Graph&&, std::int64_t, Options = {}) = delete;

  /// Computes all nodes. `inputs` maps the names of Input nodes to (batch, shape) numbers. In
  /// training the moving statistics of `parameters` are updated. Throws InputError for an input
  /// that is missing, has another size, or is none of the graph's.
  void forward(const std::map<std::string, std::vector<double>>& inputs,
               DoubleParameters& parameters);

  /// Result of a node, (batch, shape).
  const std::vector<double>& value(NodeId node) const;
  const std::vector<double>& output(const std::string& name) const;

  /// Propagates gradients of a scalar with respect to the named outputs (missing ones are 0) to all
  /// nodes and trainable parameters, which are read with the accessors below. Needs a forward
  /// before, and the parameters of that forward. Throws InputError for a name that is none.
  void backward(const std::map<std::string, std::vector<double>>& output_gradients,
                const DoubleParameters& parameters);

  const std::vector<double>& gradient(NodeId node) const;
  const std::vector<double>& parameter_gradients() const;  ///< laid out as trainable

 private:
  std::vector<Tensor> input_tensors(const Node& node) const;

  const Graph& graph_;
  std::int64_t batch_;
  Options options_;
  std::vector<std::vector<double>> values_;
  std::vector<std::vector<double>> gradients_;
  std::vector<double> parameter_gradients_;
};

}  // namespace showergan::nn::reference
