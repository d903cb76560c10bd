#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Dense& dense, NodeWriter& writer) {
  expect_as_built(dense.epilogue == nn::Epilogue{}, writer.node().name);
  std::vector<std::string> inputs{writer.input().name};
  inputs.insert(inputs.end(), writer.parameters().begin(), writer.parameters().end());
  writer.emit("Gemm", inputs).set("transB", std::int64_t{1});
}

namespace {

/// Adds the layer for a kernel input that is (units, inputs) or, `transposed`, (inputs, units).
nn::NodeId add_dense(NodeReader& reader, bool transposed, bool bias) {
  const Tensor& kernel = reader.constant(1);
  if (kernel.dims.size() != 2 || kernel.integral) {
    throw reader.error("the second factor is not a matrix of float32 numbers");
  }
  const std::int64_t units = kernel.dims[transposed ? 1 : 0];
  const std::int64_t count = kernel.dims[transposed ? 0 : 1];
  const nn::NodeId input = reader.node();
  const nn::Shape& vector = reader.graph().node(input).shape;
  if (vector != nn::Shape{count}) {
    throw reader.error("the matrix is for " + std::to_string(count) +
                       " numbers, but the input is " + nn::to_string(vector));
  }
  nn::Dense dense;
  dense.units = units;
  dense.bias = bias;
  const nn::NodeId node = reader.add(dense, {input});
  std::vector<float> values = kernel.floats;
  if (transposed) {
    for (std::int64_t u = 0; u < units; ++u) {
      for (std::int64_t i = 0; i < count; ++i) {
        values[static_cast<std::size_t>(u * count + i)] =
            kernel.floats[static_cast<std::size_t>(i * units + u)];
      }
    }
  }
  reader.set_parameter(node, 0, std::move(values), reader.input(1).name);
  return node;
}

}  // namespace

void read_gemm(NodeReader& reader) {
  reader.expect("alpha", 1);
  reader.expect("beta", 1);
  reader.expect("transA", 0);
  const bool bias = reader.has(2);
  const nn::NodeId node = add_dense(reader, reader.integer("transB", 0) == 0, bias);
  if (bias) reader.set_parameter(node, 1, reader.constant(2).floats, reader.input(2).name);
  reader.set_result(node);
}

void read_matmul(NodeReader& reader) {
  reader.set_result(add_dense(reader, true, false));
}

}  // namespace showergan::onnx_file
