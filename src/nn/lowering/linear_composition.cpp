#include <optional>

#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

/// Reading a weight from memory takes a core about as long as this many multiply-adds.
constexpr std::int64_t multiply_adds_per_weight = 12;

/// A matrix and a group's results are not to be larger than this (64 and 16 MB): they should stay
/// in a shared cache, and the matrix takes a while to compute.
constexpr std::int64_t largest_matrix = std::int64_t{1} << 24;
constexpr std::int64_t most_results = std::int64_t{1} << 22;

/// What becomes one matrix: a dense layer, a reshape and a convolution, between which nothing
/// happens and which nothing else uses.
struct Run {
  NodeId dense;
  Dense composed;
  std::vector<std::int32_t> parameters;
};

/// The run that ends in this node, if there is one.
std::optional<Run> run_to(const Graph& graph, NodeId id, const std::vector<NodeId>& users) {
  const Node& node = graph.node(id);
  const auto* convolution = std::get_if<Conv3d>(&node.operation);
  if (!convolution || convolution->addition) return std::nullopt;
  const NodeId image = node.inputs[0];
  if (!std::holds_alternative<Reshape>(graph.node(image).operation)) return std::nullopt;
  const NodeId source = graph.node(image).inputs[0];
  const auto* dense = std::get_if<Dense>(&graph.node(source).operation);
  const bool alone = users[static_cast<std::size_t>(source)] == image &&
                     users[static_cast<std::size_t>(image)] == id;
  if (!dense || !alone || dense->composed || dense->epilogue != Epilogue{}) return std::nullopt;
  Run run{source, *dense, graph.node(source).parameters};
  run.composed.composed = ComposedConvolution{graph.node(image).shape, *convolution};
  run.composed.composed->convolution.epilogue = {};
  run.composed.epilogue = convolution->epilogue;
  run.parameters.insert(run.parameters.end(), node.parameters.begin(), node.parameters.end());
  return run;
}

/// Whether one matrix is cheaper for so many samples, between which it is read once.
bool pays(const Graph& graph, const Run& run, NodeId convolution, std::int64_t samples) {
  const std::int64_t apart = graph.multiply_adds(run.dense) + graph.multiply_adds(convolution);
  const Shape& in = graph.node(graph.node(run.dense).inputs[0]).shape;
  const Shape& result = graph.node(convolution).shape;
  const std::int64_t weights = multiply_adds(run.composed, {&in, 1}, result);
  if (weights > largest_matrix || samples * element_count(result) > most_results) return false;
  return weights * (samples + multiply_adds_per_weight) < apart * samples;
}

}  // namespace

Graph compose_linear(const Graph& graph, std::int64_t samples) {
  const std::vector<NodeId> users = only_users(graph);
  std::vector<std::optional<Run>> runs(graph.nodes().size());
  std::vector<bool> swallowed(graph.nodes().size(), false);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    std::optional<Run> run = run_to(graph, id, users);
    if (!run || !pays(graph, *run, id, samples)) continue;
    swallowed[static_cast<std::size_t>(run->dense)] = true;
    swallowed[static_cast<std::size_t>(graph.node(id).inputs[0])] = true;
    runs[static_cast<std::size_t>(id)] = std::move(run);
  }
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    if (swallowed[static_cast<std::size_t>(id)]) continue;
    if (const auto& run = runs[static_cast<std::size_t>(id)]) {
      rewriter.replace(id, run->composed, graph.node(run->dense).inputs, run->parameters);
    } else {
      rewriter.keep(id);
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
