#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Conv3d& conv, NodeWriter& writer) {
  expect_as_built(conv.epilogue == nn::Epilogue{} && !conv.upsamples() && !conv.addition,
                  writer.node().name);
  std::vector<std::string> inputs{writer.input().name};
  inputs.insert(inputs.end(), writer.parameters().begin(), writer.parameters().end());
  writer.emit("Conv", inputs)
      .set("kernel_shape", to_vector(conv.kernel))
      .set("pads", onnx_pads(conv.padding))
      .set("strides", to_vector(conv.stride));
}

void read_conv(NodeReader& reader) {
  reader.expect("auto_pad", "NOTSET");
  reader.expect("dilations", 1);
  reader.expect("group", 1);
  const Tensor& kernel = reader.constant(1);
  if (kernel.dims.size() != 5 || kernel.integral) {
    throw reader.error("the kernel is not (filters, channels, x, y, z)",
                       "only three-dimensional convolutions are supported");
  }
  nn::Conv3d conv;
  conv.filters = kernel.dims[0];
  conv.kernel = reader.triple({kernel.dims[2], kernel.dims[3], kernel.dims[4]}, "kernel", 1);
  const std::vector<std::int64_t> stated = reader.integers("kernel_shape", to_vector(conv.kernel));
  if (stated != to_vector(conv.kernel)) throw reader.error("'kernel_shape' is not the kernel's");
  conv.stride = reader.triple(reader.integers("strides", {1, 1, 1}), "strides", 1);
  conv.padding = reader.padding(reader.integers("pads", {0, 0, 0, 0, 0, 0}), "pads");
  conv.bias = reader.has(2);
  const nn::NodeId input = reader.node();
  const nn::Shape& image = reader.graph().node(input).shape;
  if (image.size() != 4 || image[0] != kernel.dims[1]) {
    throw reader.error("the kernel is for " + std::to_string(kernel.dims[1]) +
                       " channels, but the image is " + nn::to_string(image));
  }
  const nn::NodeId node = reader.add(conv, {input});
  reader.set_parameter(node, 0, kernel.floats, reader.input(1).name);
  if (conv.bias) reader.set_parameter(node, 1, reader.constant(2).floats, reader.input(2).name);
  reader.set_result(node);
}

}  // namespace showergan::onnx_file
