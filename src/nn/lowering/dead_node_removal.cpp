#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

std::vector<bool> needed_nodes(const Graph& graph) {
  std::vector<bool> needed(graph.nodes().size(), false);
  for (const Output& output : graph.outputs()) needed[static_cast<std::size_t>(output.node)] = true;
  for (const NodeId input : graph.inputs()) needed[static_cast<std::size_t>(input)] = true;
  for (std::size_t i = needed.size(); i-- > 0;) {  // users stand after what they use
    if (!needed[i]) continue;
    for (const NodeId input : graph.nodes()[i].inputs) {
      needed[static_cast<std::size_t>(input)] = true;
    }
  }
  return needed;
}

}  // namespace

Graph remove_dead_nodes(const Graph& graph) {
  const std::vector<bool> needed = needed_nodes(graph);
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    if (needed[static_cast<std::size_t>(id)]) rewriter.keep(id);
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
