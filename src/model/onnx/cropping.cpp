#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

/// A Slice along x, y and z at once, which read_slice takes for a cropping again.
void write(const nn::Cropping& cropping, NodeWriter& writer) {
  std::vector<std::int64_t> stop;
  for (std::size_t i = 0; i < 3; ++i) {
    stop.push_back(writer.input().shape[i + 1] - cropping.cells.after[i]);
  }
  const std::string starts = writer.integers("starts", to_vector(cropping.cells.before));
  const std::string stops = writer.integers("stops", stop);
  const std::string axes = writer.integers("axes", {2, 3, 4});
  writer.emit("Slice", {writer.input().name, starts, stops, axes});
}

}  // namespace showergan::onnx_file
