#include "nn/graph/shape_error.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace showergan::nn {

void expect_inputs(std::string_view type, std::span<const Shape> inputs, std::size_t count) {
  if (inputs.size() != count) {
    throw ShapeError(fmt::format("{} takes {} input{}, not {}", type, count, count == 1 ? "" : "s",
                                 inputs.size()));
  }
}

void expect_image(std::string_view type, const Shape& shape) {
  if (shape.size() != 4) {
    throw ShapeError(
        fmt::format("{} needs an image (channels, x, y, z), not {}", type, to_string(shape)));
  }
}

void expect_positive(std::string_view type, const Shape& result, const Shape& from) {
  if (std::any_of(result.begin(), result.end(), [](std::int64_t n) { return n <= 0; })) {
    throw ShapeError(fmt::format("{} leaves nothing of {}: it would be {}", type, to_string(from),
                                 fmt::format("{}", to_string(result))));
  }
}

}  // namespace showergan::nn
