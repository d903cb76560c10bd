#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

/// The inference form, with the moving statistics.
void write(const nn::BatchNormalization& normalization, NodeWriter& writer) {
  std::vector<std::string> inputs{writer.input().name};
  inputs.insert(inputs.end(), writer.parameters().begin(), writer.parameters().end());
  writer.emit("BatchNormalization", inputs)
      .set("epsilon", normalization.epsilon)
      .set("momentum", normalization.momentum);
}

void read_batch_normalization(NodeReader& reader) {
  reader.expect("training_mode", 0);
  nn::BatchNormalization normalization;
  normalization.epsilon = reader.number("epsilon", 1e-5);
  normalization.momentum = reader.number("momentum", 0.9);
  if (!(normalization.epsilon >= 0)) throw reader.error("'epsilon' is negative");
  const nn::NodeId node = reader.add(normalization, {reader.node()});
  for (std::size_t i = 0; i < 4; ++i) {  // gamma, beta, mean, variance: the same order as ours
    reader.set_parameter(node, i, reader.constant(i + 1).floats, reader.input(i + 1).name);
  }
  reader.set_result(node);
}

}  // namespace showergan::onnx_file
