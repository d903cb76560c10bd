#include <optional>

#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

/// The convolution that this node becomes if it takes over the Upsampling that it reads; nothing if
/// it reads none or would not gain by it.
std::optional<Conv3d> fused(const Graph& graph, const Node& node) {
  const auto* conv = std::get_if<Conv3d>(&node.operation);
  if (!conv || conv->upsamples() || conv->stride != Triple{1, 1, 1}) return std::nullopt;
  const Node& source = graph.node(node.inputs[0]);
  const auto* upsampling = std::get_if<Upsampling>(&source.operation);
  if (!upsampling) return std::nullopt;
  Conv3d result = *conv;
  result.upsampling = upsampling->factor;
  const Shape* small = &graph.node(source.inputs[0]).shape;
  const bool gains = multiply_adds(result, {small, 1}, node.shape) <
                     multiply_adds(*conv, {&source.shape, 1}, node.shape);
  return gains ? std::optional(result) : std::nullopt;
}

}  // namespace

Graph fuse_upsampling(const Graph& graph) {
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    if (const std::optional<Conv3d> conv = fused(graph, node)) {
      rewriter.replace(id, *conv, graph.node(node.inputs[0]).inputs, node.parameters);
    } else {
      rewriter.keep(id);
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
