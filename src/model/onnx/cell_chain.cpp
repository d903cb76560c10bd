#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::CellChain&, NodeWriter& writer) {
  expect_as_built(false, writer.node().name);
}

}  // namespace showergan::onnx_file
