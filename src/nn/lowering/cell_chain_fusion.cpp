#include <algorithm>
#include <utility>
#include <vector>

#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

// Weights of wider convolutions do not stay in the first cache; wider chains were not measured.
constexpr std::int64_t kMostChannels = 64;

bool is_rectifier(const Activation& activation) {
  return activation.is_linear() || activation.function == Function::relu ||
         activation.function == Function::leaky_relu;
}

/// Whether a node can be a stage of a chain.
bool is_stage(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const auto* conv = std::get_if<Conv3d>(&node.operation);
  if (!conv || conv->kernel != Triple{1, 1, 1} || conv->stride != Triple{1, 1, 1} ||
      conv->upsamples() || !conv->padding.empty() || conv->epilogue.normalize) {
    return false;
  }
  const bool rectifies = is_rectifier(conv->epilogue.activation) &&
                         (!conv->addition || is_rectifier(conv->addition->function));
  return rectifies && conv->filters <= kMostChannels &&
         graph.node(node.inputs[0]).shape[0] <= kMostChannels;
}

bool is_residual(const Node& node) {
  return node.inputs.size() == 2 && node.inputs[0] == node.inputs[1];
}

/// The stage that goes on with what each stage makes, and that alone reads it; −1 if there is none.
std::vector<NodeId> next_stages(const Graph& graph) {
  const std::vector<int> counts = graph.use_counts();
  std::vector<NodeId> next(graph.nodes().size(), -1);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    if (!is_stage(graph, id)) continue;
    const Node& node = graph.node(id);
    const NodeId image = node.inputs[0];
    const auto uses = std::ranges::count(node.inputs, image);
    if (is_stage(graph, image) && counts[static_cast<std::size_t>(image)] == uses) {
      next[static_cast<std::size_t>(image)] = id;
    }
  }
  return next;
}

}  // namespace

Graph fuse_cell_chains(const Graph& graph) {
  const std::vector<NodeId> next = next_stages(graph);
  std::vector<NodeId> before(next.size(), -1);
  for (std::size_t id = 0; id < next.size(); ++id) {
    if (next[id] >= 0) before[static_cast<std::size_t>(next[id])] = static_cast<NodeId>(id);
  }
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(next.size()); ++id) {
    if (next[static_cast<std::size_t>(id)] >= 0) continue;  // part of a chain that ends later
    std::vector<NodeId> stages{id};
    while (before[static_cast<std::size_t>(stages.back())] >= 0) {
      stages.push_back(before[static_cast<std::size_t>(stages.back())]);
    }
    if (stages.size() == 1) {
      rewriter.keep(id);
      continue;
    }
    std::ranges::reverse(stages);
    CellChain chain;
    std::vector<NodeId> inputs{graph.node(stages[0]).inputs[0]};
    std::vector<std::int32_t> parameters;
    for (const NodeId stage : stages) {
      const Node& node = graph.node(stage);
      chain.stages.push_back({std::get<Conv3d>(node.operation), is_residual(node)});
      if (chain.stages.back().adds_an_image()) inputs.push_back(node.inputs[1]);
      parameters.insert(parameters.end(), node.parameters.begin(), node.parameters.end());
    }
    rewriter.replace(id, std::move(chain), inputs, parameters);
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
