#include <cmath>

#include <fmt/format.h>

#include "model/checked_add.hpp"
#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

void write(const nn::Upsampling& upsampling, NodeWriter& writer) {
  std::vector<float> scales{1, 1};
  for (const std::int64_t factor : upsampling.factor) scales.push_back(static_cast<float>(factor));
  const std::string name = writer.floats("scales", {5}, scales);
  writer.emit("Resize", {writer.input().name, "", name})
      .set("coordinate_transformation_mode", "asymmetric")
      .set("mode", "nearest")
      .set("nearest_mode", "floor");
}

namespace {

/// Whole factors from the scales (input 2) or the sizes (input 3).
nn::Triple factors_of(NodeReader& reader, const nn::Shape& image) {
  const bool by_scales = reader.has(2) && reader.constant(2).size() > 0;
  std::vector<double> factors;
  if (by_scales) {
    const Tensor& scales = reader.constant(2);
    factors.assign(scales.floats.begin(), scales.floats.end());
  } else {
    const std::vector<std::int64_t> sizes = reader.integers(3);
    for (std::size_t i = 0; i < sizes.size() && i < 5; ++i) {
      factors.push_back(i == 0 ? 1
                               : static_cast<double>(sizes[i]) / static_cast<double>(image[i - 1]));
    }
  }
  if (factors.size() != 5 || factors[0] != 1 || factors[1] != 1) {
    throw reader.error("does not resize x, y and z of an image");
  }
  std::vector<std::int64_t> whole;
  for (std::size_t i = 2; i < 5; ++i) {
    if (!(factors[i] >= 1 && factors[i] <= static_cast<double>(largest_setting)) ||
        factors[i] != std::floor(factors[i])) {
      throw reader.error(fmt::format("the factor {} is not supported", factors[i]),
                         "only whole factors are");
    }
    whole.push_back(static_cast<std::int64_t>(factors[i]));
  }
  return reader.triple(whole, "scales", 1);
}

}  // namespace

void read_resize(NodeReader& reader) {
  reader.expect("mode", "nearest");
  for (const char* without_meaning : {"cubic_coeff_a", "extrapolation_value"}) {
    reader.number(without_meaning, 0);
  }
  reader.expect("exclude_outside", 0);
  reader.expect("antialias", 0);
  const std::string position = reader.text("coordinate_transformation_mode", "half_pixel");
  const std::string rounding = reader.text("nearest_mode", "round_prefer_floor");
  // Both repeat every cell `factor` times; other combinations shift by a cell.
  const bool repeats = (position == "asymmetric" && rounding == "floor") ||
                       (position == "half_pixel" && rounding.starts_with("round_prefer"));
  if (!repeats) {
    throw reader.error(fmt::format("'{}' with '{}' is not supported", position, rounding));
  }
  const nn::NodeId input = reader.node();
  const nn::Shape& image = reader.graph().node(input).shape;
  if (image.size() != 4) throw reader.error("does not resize an image of three dimensions");
  reader.set_result(reader.add(nn::Upsampling{factors_of(reader, image)}, {input}));
}

}  // namespace showergan::onnx_file
