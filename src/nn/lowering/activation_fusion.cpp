#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

/// The activation that this node's epilogue can take over from the only user of its result; null if
/// there is none. After a normalisation it is too late: the epilogue's activation comes before it.
const Activation* fusable(const Graph& graph, const Node& node, NodeId user, Purpose purpose) {
  const Epilogue* epilogue = epilogue_of(node.operation);
  if (!epilogue || user < 0) return nullptr;
  if (!epilogue->activation.is_linear() || epilogue->normalize) return nullptr;
  const auto* activation = std::get_if<Activation>(&graph.node(user).operation);
  if (!activation) return nullptr;
  if (purpose == Purpose::train && !activation->derivative_from_output()) return nullptr;
  return activation;
}

}  // namespace

Graph fuse_activations(const Graph& graph, Purpose purpose) {
  const std::vector<NodeId> users = only_users(graph);
  std::vector<bool> fused(users.size(), false);
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    const NodeId user = users[static_cast<std::size_t>(id)];
    if (fused[static_cast<std::size_t>(id)]) {
      rewriter.forward_to(id, node.inputs[0]);
    } else if (const Activation* activation = fusable(graph, node, user, purpose)) {
      Operation operation = node.operation;
      epilogue_of(operation)->activation = *activation;
      rewriter.replace(id, std::move(operation), node.inputs, node.parameters);
      fused[static_cast<std::size_t>(user)] = true;
    } else {
      rewriter.keep(id);
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
