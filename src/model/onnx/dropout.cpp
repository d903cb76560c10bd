#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

/// Dropout does nothing in inference, which is what a model file is for: its result is its input
/// (graph_writer).
void write(const nn::Dropout&, NodeWriter&) {}

void read_dropout(NodeReader& reader) {
  reader.integer("seed", 0);
  if (reader.has(2) && reader.number(2) != 0) throw reader.error("is in training mode");
  reader.set_result_to_input(0);
}

}  // namespace showergan::onnx_file
