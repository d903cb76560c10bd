#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

/// Constants are initialisers, written with the graph (graph_writer).
void write(const nn::Constant&, NodeWriter&) {}

void read_constant(NodeReader& reader) {
  Tensor tensor;
  if (reader.has_attribute("value_float")) {
    tensor.floats = {static_cast<float>(reader.number("value_float", 0))};
  } else if (reader.has_attribute("value_int")) {
    tensor.integral = true;
    tensor.integers = {reader.integer("value_int", 0)};
  } else if (reader.has_attribute("value_ints")) {
    tensor.integral = true;
    tensor.integers = reader.integers("value_ints", {});
    tensor.dims = {tensor.size()};
  } else {
    tensor = reader.tensor("value");
  }
  reader.set_result(std::move(tensor));
}

}  // namespace showergan::onnx_file
