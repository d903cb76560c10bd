#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::AveragePooling& pooling, NodeWriter& writer) {
  writer.emit("AveragePool", {writer.input().name})
      .set("kernel_shape", to_vector(pooling.block))
      .set("strides", to_vector(pooling.block));
}

void read_average_pool(NodeReader& reader) {
  reader.expect("auto_pad", "NOTSET");
  reader.expect("ceil_mode", 0);
  reader.expect("pads", 0);
  reader.expect("dilations", 1);
  reader.integer("count_include_pad", 0);  // without padding it says nothing
  const nn::Triple block = reader.triple(reader.integers("kernel_shape", {}), "kernel_shape", 1);
  const nn::Triple stride = reader.triple(reader.integers("strides", {1, 1, 1}), "strides", 1);
  if (block != stride) {
    throw reader.error("overlapping blocks are not supported", "use strides equal to kernel_shape");
  }
  reader.set_result(reader.add(nn::AveragePooling{block}, {reader.node()}));
}

}  // namespace showergan::onnx_file
