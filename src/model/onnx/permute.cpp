#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Permute& permute, NodeWriter& writer) {
  std::vector<std::int64_t> permutation{0};
  for (const std::int64_t axis : permute.axes) permutation.push_back(axis + 1);
  writer.emit("Transpose", {writer.input().name}).set("perm", permutation);
}

void read_transpose(NodeReader& reader) {
  const nn::NodeId input = reader.node();
  const std::vector<std::int64_t> permutation = reader.integers("perm", {});
  if (permutation.empty() || permutation[0] != 0) throw reader.error("moves the batch axis");
  nn::Permute permute;
  for (std::size_t i = 1; i < permutation.size(); ++i) {
    permute.axes.push_back(reader.sample_axis(permutation[i], permutation.size()));
  }
  if (permute.axes.empty()) return reader.set_result_to_input(0);
  reader.set_result(reader.add(permute, {input}));
}

}  // namespace showergan::onnx_file
