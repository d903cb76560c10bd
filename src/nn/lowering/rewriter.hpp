#pragma once

#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan::nn {

/// Builds a rewritten graph from an old one, over the same parameters. A pass walks over the old
/// nodes in order and says for each what becomes of it; one of which it says nothing is dropped,
/// and nothing may use it. Nodes are named by their old numbers throughout: the rewriter knows
/// where they went.
///
/// A node that is replaced keeps its name, so a fused node has the name of the layer that owns its
/// kernel. Outputs keep theirs whatever computes them.
class Rewriter {
 public:
  explicit Rewriter(const Graph& from);

  /// Takes the node over as it is.
  void keep(NodeId node);

  /// Puts another operator in the node's place, with the results of `inputs` and the parameters
  /// with these numbers.
  void replace(NodeId node, Operation operation, const std::vector<NodeId>& inputs,
               const std::vector<std::int32_t>& parameters);

  /// The same under the name of another old node, whose kernel it is.
  void replace_as(NodeId node, NodeId named, Operation operation, const std::vector<NodeId>& inputs,
                  const std::vector<std::int32_t>& parameters);

  /// Drops the node; who used it uses `other` instead, which stands before it.
  void forward_to(NodeId node, NodeId other);

  /// The new graph, with the outputs of the old one.
  Graph finish() &&;

 private:
  std::vector<NodeId> moved(const std::vector<NodeId>& nodes) const;

  const Graph& from_;
  Graph to_;
  std::vector<NodeId> moved_;  ///< new number of each old node, −1 if it has none
};

/// What a dense layer or a convolution applies to its result; null for operators without one.
const Epilogue* epilogue_of(const Operation& operation);
Epilogue* epilogue_of(Operation& operation);

/// For every node the only node that uses its result; −1 if there are more or none, or if the
/// result is an output of the network.
std::vector<NodeId> only_users(const Graph& graph);

}  // namespace showergan::nn
