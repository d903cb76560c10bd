#include "nn/graph/conv3d_transpose.hpp"

#include <fmt/format.h>

#include "nn/graph/batch_normalization.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Conv3dTranspose& conv, std::span<const Shape> inputs) {
  expect_inputs(Conv3dTranspose::type, inputs, 1);
  const Shape& from = inputs[0];
  expect_image(Conv3dTranspose::type, from);
  Shape result{conv.filters};
  for (std::size_t i = 0; i < 3; ++i) {
    if (conv.kernel[i] < 1 || conv.stride[i] < 1 || conv.padding.before[i] < 0 ||
        conv.padding.after[i] < 0 || conv.filters < 1 || conv.extra[i] < 0 ||
        conv.extra[i] >= conv.stride[i]) {
      throw ShapeError(
          "conv3d_transpose needs positive filters, kernel and strides, no negative padding, and "
          "extra cells below the stride");
    }
    result.push_back((from[i + 1] - 1) * conv.stride[i] + conv.kernel[i] - conv.padding.before[i] -
                     conv.padding.after[i] + conv.extra[i]);
  }
  expect_positive(Conv3dTranspose::type, result, from);
  return result;
}

std::vector<ParameterSpec> parameters(const Conv3dTranspose& conv, std::span<const Shape> inputs) {
  const std::int64_t taps = conv.kernel[0] * conv.kernel[1] * conv.kernel[2];
  const std::int64_t channels = inputs[0][0];
  std::vector<ParameterSpec> specs{
      {"kernel",
       {channels, conv.filters, conv.kernel[0], conv.kernel[1], conv.kernel[2]},
       conv.kernel_initializer,
       channels * taps,
       conv.filters * taps,
       true}};
  if (conv.bias) specs.push_back({"bias", {conv.filters}, Initializer::zeros, 1, 1, true});
  if (conv.epilogue.normalize) append_normalization_parameters(specs, conv.filters);
  return specs;
}

std::int64_t multiply_adds(const Conv3dTranspose& conv, std::span<const Shape> inputs,
                           const Shape&) {
  return element_count(inputs[0]) * conv.filters * conv.kernel[0] * conv.kernel[1] * conv.kernel[2];
}

}  // namespace showergan::nn
