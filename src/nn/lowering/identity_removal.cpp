#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

bool is_identity(const Operation& operation, Purpose purpose) {
  if (std::holds_alternative<Dropout>(operation)) return purpose == Purpose::infer;
  const auto* activation = std::get_if<Activation>(&operation);
  return activation && activation->is_linear();
}

}  // namespace

Graph remove_identities(const Graph& graph, Purpose purpose) {
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    if (is_identity(node.operation, purpose)) {
      rewriter.forward_to(id, node.inputs[0]);
    } else {
      rewriter.keep(id);
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
