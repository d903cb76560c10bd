#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nn/graph/operation.hpp"

namespace showergan::nn {

/// Number of a node in its graph; a node has one result, so it names a tensor as well.
using NodeId = std::int32_t;

struct Node {
  std::string name;  ///< unique in the graph
  Operation operation;
  std::vector<NodeId> inputs;
  std::vector<std::int32_t> parameters;  ///< indices into Graph::parameters(), by role
  Shape shape;                           ///< of the result, per sample
};

struct Output {
  std::string name;
  NodeId node = 0;
};

/// What a network is: typed operators, shapes and parameters, without buffers. Nodes are in an
/// order in which every input stands before its use.
class Graph {
 public:
  /// Adds an operator, infers its shape and declares its parameters. Throws ShapeError, naming the
  /// layer, if the inputs do not fit or the name is taken.
  NodeId add(std::string name, Operation operation, std::vector<NodeId> inputs = {});

  /// The same, with parameters that exist already: for passes, which rewrite a graph over the same
  /// master buffers. Their shapes must be those that the operator asks for.
  NodeId add_with_parameters(std::string name, Operation operation, std::vector<NodeId> inputs,
                             std::vector<std::int32_t> parameters);

  /// Names a result of the network.
  void set_output(std::string name, NodeId node);

  /// An empty graph with the parameters (and so the master buffers) of this one.
  Graph same_parameters() const;

  const std::vector<Node>& nodes() const noexcept { return nodes_; }
  const Node& node(NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
  const std::vector<Output>& outputs() const noexcept { return outputs_; }
  const std::vector<Parameter>& parameters() const noexcept { return parameters_; }

  /// The node of that name, or none.
  std::optional<NodeId> find(std::string_view name) const;
  /// Nodes that are Input, in order.
  std::vector<NodeId> inputs() const;
  /// How often each node is used: as an input of others and as an output of the network.
  std::vector<int> use_counts() const;

  std::int64_t trainable_count() const noexcept { return trainable_count_; }
  std::int64_t statistics_count() const noexcept { return statistics_count_; }
  std::int64_t parameter_count() const noexcept { return trainable_count_ + statistics_count_; }

  /// Multiply-adds of one sample's forward pass through convolutions and dense layers, counted on
  /// this graph as it stands.
  std::int64_t multiply_adds() const;
  /// The same for one node.
  std::int64_t multiply_adds(NodeId id) const;

 private:
  NodeId append(Node node);
  std::vector<Shape> input_shapes(std::span<const NodeId> inputs) const;

  std::vector<Node> nodes_;
  std::vector<Output> outputs_;
  std::vector<Parameter> parameters_;
  std::int64_t trainable_count_ = 0;
  std::int64_t statistics_count_ = 0;
};

/// The parameters that `operation` needs for inputs of these shapes.
std::vector<ParameterSpec> parameter_specs(const Operation& operation,
                                           std::span<const Shape> inputs);

/// The values of a graph's parameters: one array that an optimiser moves, and one of statistics
/// (moving means and variances). Parameter::offset points into them.
struct Parameters {
  std::vector<float> trainable;
  std::vector<float> statistics;

  std::span<float> of(const Parameter& parameter);
  std::span<const float> of(const Parameter& parameter) const;
};

/// Fresh values, drawn as each parameter's initializer says, from `seed`.
Parameters initial_parameters(const Graph& graph, std::uint64_t seed);

}  // namespace showergan::nn
