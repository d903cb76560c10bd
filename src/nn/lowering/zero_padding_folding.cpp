#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

/// Whether the node can take over the padding of its input. A convolution that up-samples cannot:
/// its own padding comes after the up-sampling.
bool pads_its_input(const Node& node) {
  const auto* conv = std::get_if<Conv3d>(&node.operation);
  return conv && !conv->upsamples();
}

/// Which nodes are paddings whose every use is a convolution or, in a chain, another such padding.
std::vector<bool> foldable_paddings(const Graph& graph) {
  const std::size_t count = graph.nodes().size();
  std::vector<bool> foldable(count, false);
  std::vector<bool> used_elsewhere(count, false);
  for (const Output& output : graph.outputs()) {
    used_elsewhere[static_cast<std::size_t>(output.node)] = true;
  }
  for (std::size_t i = count; i-- > 0;) {  // users stand after what they use
    const Node& node = graph.nodes()[i];
    foldable[i] = std::holds_alternative<ZeroPadding>(node.operation) && !used_elsewhere[i];
    if (foldable[i] || pads_its_input(node)) continue;
    for (const NodeId input : node.inputs) used_elsewhere[static_cast<std::size_t>(input)] = true;
  }
  return foldable;
}

Padding sum(Padding a, const Padding& b) {
  for (std::size_t i = 0; i < 3; ++i) {
    a.before[i] += b.before[i];
    a.after[i] += b.after[i];
  }
  return a;
}

}  // namespace

Graph fold_zero_padding(const Graph& graph) {
  const std::vector<bool> foldable = foldable_paddings(graph);
  const auto is_foldable = [&](NodeId id) { return foldable[static_cast<std::size_t>(id)]; };
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    const auto* conv = std::get_if<Conv3d>(&node.operation);
    if (is_foldable(id)) continue;
    if (conv && is_foldable(node.inputs[0])) {
      Conv3d padded = *conv;
      NodeId source = node.inputs[0];
      for (; is_foldable(source); source = graph.node(source).inputs[0]) {
        padded.padding =
            sum(padded.padding, std::get<ZeroPadding>(graph.node(source).operation).padding);
      }
      rewriter.replace(id, padded, {source}, node.parameters);
    } else {
      rewriter.keep(id);
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
