#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {
namespace {

/// (i, j, k, c, x, y, z) → (c, x, i, y, j, z, k)
const std::vector<std::int64_t> deal{3, 4, 0, 5, 1, 6, 2};

}  // namespace

/// ONNX's own DepthToSpace knows two dimensions only.
void write(const nn::DepthToSpace& shuffle, NodeWriter& writer) {
  const nn::Triple& b = shuffle.block;
  const nn::Shape& from = writer.input().shape;
  const nn::Shape& to = writer.node().shape;
  const std::string split = writer.integers(
      "split", reshape_target({b[0], b[1], b[2], to[0], from[1], from[2], from[3]}));
  const std::string joined = writer.integers("joined", reshape_target(to));
  std::vector<std::int64_t> permutation{0};
  for (const std::int64_t axis : deal) permutation.push_back(axis + 1);
  writer.emit_more("Reshape", {writer.input().name, split}, "blocks");
  writer.emit_more("Transpose", {writer.local("blocks")}, "dealt").set("perm", permutation);
  writer.emit("Reshape", {writer.local("dealt"), joined});
}

std::optional<FoundDepthToSpace> find_depth_to_space(const nn::Graph& graph, nn::NodeId node,
                                                     const nn::Shape& shape) {
  const nn::Node& last = graph.node(node);
  const auto* permute = std::get_if<nn::Permute>(&last.operation);
  if (!permute || permute->axes != deal) return std::nullopt;
  const nn::Node& first = graph.node(last.inputs[0]);
  if (!std::holds_alternative<nn::Reshape>(first.operation)) return std::nullopt;
  const nn::DepthToSpace shuffle{{first.shape[0], first.shape[1], first.shape[2]}};
  const nn::Shape& from = graph.node(first.inputs[0]).shape;
  if (from.size() != 4 ||
      from[0] != nn::element_count({first.shape.begin(), first.shape.begin() + 4}) ||
      from[1] != first.shape[4] || from[2] != first.shape[5]) {
    return std::nullopt;
  }
  const nn::Shape expected{first.shape[3], from[1] * first.shape[0], from[2] * first.shape[1],
                           from[3] * first.shape[2]};
  if (shape != expected) return std::nullopt;
  return FoundDepthToSpace{first.inputs[0], shuffle};
}

}  // namespace showergan::onnx_file
