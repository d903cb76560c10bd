#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

/// The normalisation that this node's epilogue can take over from the only user of its result; null
/// if there is none.
const BatchNormalization* foldable(const Graph& graph, const Node& node, NodeId user) {
  const Epilogue* epilogue = epilogue_of(node.operation);
  if (!epilogue || epilogue->normalize || user < 0) return nullptr;
  return std::get_if<BatchNormalization>(&graph.node(user).operation);
}

}  // namespace

Graph fold_normalization(const Graph& graph) {
  const std::vector<NodeId> users = only_users(graph);
  std::vector<bool> folded(users.size(), false);
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    const NodeId user = users[static_cast<std::size_t>(id)];
    if (folded[static_cast<std::size_t>(id)]) {
      rewriter.forward_to(id, node.inputs[0]);
    } else if (const BatchNormalization* normalization = foldable(graph, node, user)) {
      Operation operation = node.operation;
      epilogue_of(operation)->normalize = true;
      epilogue_of(operation)->epsilon = normalization->epsilon;
      std::vector<std::int32_t> parameters = node.parameters;
      const std::vector<std::int32_t>& added = graph.node(user).parameters;
      parameters.insert(parameters.end(), added.begin(), added.end());
      rewriter.replace(id, std::move(operation), node.inputs, parameters);
      folded[static_cast<std::size_t>(user)] = true;
    } else {
      rewriter.keep(id);
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
