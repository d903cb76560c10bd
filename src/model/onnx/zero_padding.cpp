#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::ZeroPadding& zero_padding, NodeWriter& writer) {
  std::vector<std::int64_t> pads{0, 0};
  pads.insert(pads.end(), zero_padding.padding.before.begin(), zero_padding.padding.before.end());
  pads.insert(pads.end(), {0, 0});
  pads.insert(pads.end(), zero_padding.padding.after.begin(), zero_padding.padding.after.end());
  const std::string name = writer.integers("pads", pads);
  writer.emit("Pad", {writer.input().name, name}).set("mode", "constant");
}

void read_pad(NodeReader& reader) {
  reader.expect("mode", "constant");
  if (reader.has(2) && reader.number(2) != 0) throw reader.error("pads with another value than 0");
  if (reader.has(3)) throw reader.error("lists axes, which is not supported");
  const std::vector<std::int64_t> pads = reader.integers(1);
  if (pads.size() != 10 || pads[0] != 0 || pads[1] != 0 || pads[5] != 0 || pads[6] != 0) {
    throw reader.error("does not pad x, y and z of an image");
  }
  const nn::Padding padding =
      reader.padding({pads[2], pads[3], pads[4], pads[7], pads[8], pads[9]}, "pads");
  reader.set_result(reader.add(nn::ZeroPadding{padding}, {reader.node()}));
}

}  // namespace showergan::onnx_file
