#include "nn/lowering/cut.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "nn/graph/final_products.hpp"
#include "nn/lowering/pass.hpp"

namespace showergan::nn {
namespace {

/// The nodes that `wanted` needs, with `source`, if it is one, in place of what it computes.
Graph part_of(const Graph& graph, const std::vector<Output>& wanted, NodeId source) {
  const auto size = static_cast<NodeId>(graph.nodes().size());
  std::vector<bool> needed(graph.nodes().size(), false);
  for (const Output& output : wanted) needed[static_cast<std::size_t>(output.node)] = true;
  for (NodeId id = size; id-- > 0;) {
    if (!needed[static_cast<std::size_t>(id)] || id == source) continue;
    for (const NodeId input : graph.node(id).inputs) needed[static_cast<std::size_t>(input)] = true;
  }
  Graph part = graph.same_parameters();
  std::vector<NodeId> moved(graph.nodes().size(), -1);
  for (NodeId id = 0; id < size; ++id) {
    if (!needed[static_cast<std::size_t>(id)]) continue;
    const Node& node = graph.node(id);
    NodeId& to = moved[static_cast<std::size_t>(id)];
    if (id == source) {
      to = part.add(node.name, Input{node.shape});
      continue;
    }
    std::vector<NodeId> inputs;
    for (const NodeId input : node.inputs) inputs.push_back(moved[static_cast<std::size_t>(input)]);
    to = part.add_with_parameters(node.name, node.operation, inputs, node.parameters);
  }
  for (const Output& output : wanted) {
    part.set_output(output.name, moved[static_cast<std::size_t>(output.node)]);
  }
  return part;
}

}  // namespace

CutGraph cut_behind(const Graph& graph, NodeId node) {
  constexpr NodeId none = -1;
  return {part_of(graph, {{graph.node(node).name, node}}, none),
          part_of(graph, graph.outputs(), node)};
}

namespace {

/// Whether a sample's results may depend on what else is in the batch, be it in their last bits.
bool mixes_samples(const Node& node) {
  const auto* dense = std::get_if<Dense>(&node.operation);
  return std::holds_alternative<Conv3d>(node.operation) ||
         std::holds_alternative<Conv3dTranspose>(node.operation) ||
         std::holds_alternative<BatchNormalization>(node.operation) || (dense && !dense->composed);
}

}  // namespace

std::optional<ComposedHead> compose_head(const Graph& lowered, std::int64_t samples) {
  const Graph composed = compose_linear(lowered, samples);
  for (std::size_t i = 0; i < composed.nodes().size(); ++i) {
    const Node& node = composed.nodes()[i];
    const auto* dense = std::get_if<Dense>(&node.operation);
    if (!dense || !dense->composed) continue;
    const NodeId seam = *lowered.find(node.name);
    Graph head = cut_behind(composed, static_cast<NodeId>(i)).head;
    if (std::ranges::any_of(head.nodes(), mixes_samples)) return std::nullopt;
    return ComposedHead{node.name,
                        {std::move(head), cut_behind(lowered, seam).body},
                        final_products(lowered)[static_cast<std::size_t>(seam)]};
  }
  return std::nullopt;
}

}  // namespace showergan::nn
