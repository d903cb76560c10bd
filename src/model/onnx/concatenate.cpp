#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Concatenate& concatenate, NodeWriter& writer) {
  std::vector<std::string> inputs;
  for (std::size_t i = 0; i < writer.input_count(); ++i) inputs.push_back(writer.batched(i));
  writer.emit("Concat", inputs).set("axis", concatenate.axis + 1);
}

void read_concat(NodeReader& reader) {
  std::vector<nn::NodeId> inputs;
  std::size_t rank = 0;
  for (std::size_t i = 0; i < reader.input_count(); ++i) {
    inputs.push_back(reader.node(i));
    rank = reader.graph().node(inputs.back()).shape.size();
    if (!reader.input(i).is_constant() && reader.dims(i).size() != rank) {
      throw reader.error("joins single numbers along the batch");
    }
  }
  const std::int64_t axis = reader.sample_axis(reader.integer("axis", 0), rank + 1);
  reader.set_result(reader.add(nn::Concatenate{axis}, inputs));
}

}  // namespace showergan::onnx_file
