#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Softmax& softmax, NodeWriter& writer) {
  writer.emit("Softmax", {writer.input().name}).set("axis", softmax.axis + 1);
}

void read_softmax(NodeReader& reader) {
  const nn::NodeId input = reader.node();
  const std::size_t rank = reader.graph().node(input).shape.size() + 1;
  const std::int64_t axis = reader.sample_axis(reader.integer("axis", -1), rank);
  reader.set_result(reader.add(nn::Softmax{axis}, {input}));
}

}  // namespace showergan::onnx_file
