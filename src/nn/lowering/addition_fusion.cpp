#include <utility>

#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

/// A convolution that takes over an addition, at the addition's place.
struct Fusion {
  NodeId convolution = -1;  ///< −1: none
  NodeId added = -1;
  NodeId function = -1;  ///< the Activation that reads the sum, if it is taken over as well
};

/// Whether compose_linear() may want the convolution, whose matrix adds nothing.
bool follows_dense(const Graph& graph, NodeId convolution) {
  const Node& image = graph.node(graph.node(convolution).inputs[0]);
  return std::holds_alternative<Reshape>(image.operation) &&
         std::holds_alternative<Dense>(graph.node(image.inputs[0]).operation);
}

bool may_add(const Graph& graph, NodeId convolution, NodeId addition, NodeId added,
             const std::vector<NodeId>& users) {
  const auto* op = std::get_if<Conv3d>(&graph.node(convolution).operation);
  return op && !op->upsamples() && !op->addition && convolution != added &&
         users[static_cast<std::size_t>(convolution)] == addition &&
         graph.node(added).shape == graph.node(convolution).shape &&
         !follows_dense(graph, convolution);
}

Fusion fusion_at(const Graph& graph, NodeId id, const std::vector<NodeId>& users) {
  const Node& node = graph.node(id);
  const auto* sum = std::get_if<Arithmetic>(&node.operation);
  if (!sum || sum->function != BinaryFunction::add) return {};
  Fusion fusion;
  for (std::size_t k = 0; k < 2; ++k) {
    const NodeId convolution = node.inputs[k];
    const NodeId added = node.inputs[1 - k];
    // Of two convolutions the later one: what it adds should be finished.
    if (may_add(graph, convolution, id, added, users) && convolution > fusion.convolution) {
      fusion = {convolution, added, -1};
    }
  }
  const NodeId user = users[static_cast<std::size_t>(id)];
  const bool read_by_function =
      user >= 0 && std::holds_alternative<Activation>(graph.node(user).operation);
  if (fusion.convolution >= 0 && read_by_function) fusion.function = user;
  return fusion;
}

}  // namespace

Graph fuse_additions(const Graph& graph) {
  const std::vector<NodeId> users = only_users(graph);
  const auto count = static_cast<NodeId>(graph.nodes().size());
  std::vector<Fusion> fusions;
  std::vector<bool> moves(graph.nodes().size(), false);  // convolutions, to their addition's place
  std::vector<bool> fused(graph.nodes().size(), false);  // functions of sums
  for (NodeId id = 0; id < count; ++id) {
    fusions.push_back(fusion_at(graph, id, users));
    const auto& [convolution, added, function] = fusions.back();
    if (convolution >= 0) moves[static_cast<std::size_t>(convolution)] = true;
    if (function >= 0) fused[static_cast<std::size_t>(function)] = true;
  }
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < count; ++id) {
    const auto& [convolution, added, function] = fusions[static_cast<std::size_t>(id)];
    if (moves[static_cast<std::size_t>(id)]) continue;
    if (fused[static_cast<std::size_t>(id)]) {
      rewriter.forward_to(id, graph.node(id).inputs[0]);
    } else if (convolution >= 0) {
      const Node& old = graph.node(convolution);
      Conv3d op = std::get<Conv3d>(old.operation);
      op.addition.emplace();
      if (function >= 0)
        op.addition->function = std::get<Activation>(graph.node(function).operation);
      rewriter.replace_as(id, convolution, std::move(op), {old.inputs[0], added}, old.parameters);
    } else {
      rewriter.keep(id);
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
