#include "nn/graph/zero_padding.hpp"

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const ZeroPadding& zero_padding, std::span<const Shape> inputs) {
  expect_inputs(ZeroPadding::type, inputs, 1);
  const Shape& from = inputs[0];
  expect_image(ZeroPadding::type, from);
  Shape result = from;
  for (std::size_t i = 0; i < 3; ++i) {
    if (zero_padding.padding.before[i] < 0 || zero_padding.padding.after[i] < 0) {
      throw ShapeError("zero_padding cannot be negative", {}, "use cropping");
    }
    result[i + 1] += zero_padding.padding.before[i] + zero_padding.padding.after[i];
  }
  return result;
}

}  // namespace showergan::nn
