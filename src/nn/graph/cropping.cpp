#include "nn/graph/cropping.hpp"

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Cropping& cropping, std::span<const Shape> inputs) {
  expect_inputs(Cropping::type, inputs, 1);
  const Shape& from = inputs[0];
  expect_image(Cropping::type, from);
  Shape result = from;
  for (std::size_t i = 0; i < 3; ++i) {
    if (cropping.cells.before[i] < 0 || cropping.cells.after[i] < 0) {
      throw ShapeError("cropping cannot be negative", {}, "use zero_padding");
    }
    result[i + 1] -= cropping.cells.before[i] + cropping.cells.after[i];
  }
  expect_positive(Cropping::type, result, from);
  return result;
}

}  // namespace showergan::nn
