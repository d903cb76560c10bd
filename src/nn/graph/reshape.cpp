#include "nn/graph/reshape.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Reshape& reshape, std::span<const Shape> inputs) {
  expect_inputs(Reshape::type, inputs, 1);
  const std::int64_t total = element_count(inputs[0]);
  Shape result = reshape.shape;
  const auto open = std::find(result.begin(), result.end(), -1);
  if (open != result.end()) {
    *open = 1;
    const std::int64_t known = element_count(result);
    *open = known > 0 ? total / known : 0;
  }
  if (std::any_of(result.begin(), result.end(), [](std::int64_t n) { return n <= 0; }) ||
      element_count(result) != total) {
    throw ShapeError(fmt::format("reshape cannot make {} of {}: {} numbers, not {}",
                                 to_string(reshape.shape), to_string(inputs[0]), total,
                                 element_count(result)));
  }
  return result;
}

}  // namespace showergan::nn
