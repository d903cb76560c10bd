#include "nn/graph/conv3d.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "nn/graph/batch_normalization.hpp"
#include "nn/graph/low_resolution.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Padding same_padding(const Triple& kernel) {
  Padding padding;
  for (std::size_t i = 0; i < 3; ++i) {
    padding.before[i] = (kernel[i] - 1) / 2;
    padding.after[i] = kernel[i] - 1 - padding.before[i];
  }
  return padding;
}

Shape infer_shape(const Conv3d& conv, std::span<const Shape> inputs) {
  expect_inputs(Conv3d::type, inputs, conv.addition ? 2 : 1);
  const Shape& from = inputs[0];
  expect_image(Conv3d::type, from);
  for (std::size_t i = 0; i < 3; ++i) {
    if (conv.kernel[i] < 1 || conv.stride[i] < 1 || conv.padding.before[i] < 0 ||
        conv.padding.after[i] < 0 || conv.filters < 1) {
      throw ShapeError("conv3d needs positive filters, kernel and strides and no negative padding");
    }
    if (conv.upsampling[i] < 1 || (conv.upsamples() && conv.stride[i] != 1)) {
      throw ShapeError("conv3d up-samples by positive factors, and only at stride 1");
    }
  }
  Shape result{conv.filters};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t room = from[i + 1] * conv.upsampling[i] + conv.padding.before[i] +
                              conv.padding.after[i] - conv.kernel[i];
    if (room < 0) {
      throw ShapeError(fmt::format("the kernel {} is larger than the padded image: {}",
                                   to_string(conv.kernel), to_string(from)));
    }
    result.push_back(room / conv.stride[i] + 1);
  }
  if (conv.addition && (inputs[1] != result || conv.upsamples())) {
    throw ShapeError(
        "conv3d adds an image of the shape of its result, and does not up-sample then");
  }
  return result;
}

std::vector<ParameterSpec> parameters(const Conv3d& conv, std::span<const Shape> inputs) {
  const std::int64_t taps = conv.kernel[0] * conv.kernel[1] * conv.kernel[2];
  const std::int64_t channels = inputs[0][0];
  std::vector<ParameterSpec> specs{
      {"kernel",
       {conv.filters, channels, conv.kernel[0], conv.kernel[1], conv.kernel[2]},
       conv.kernel_initializer,
       channels * taps,
       conv.filters * taps,
       true}};
  if (conv.bias) specs.push_back({"bias", {conv.filters}, Initializer::zeros, 1, 1, true});
  if (conv.epilogue.normalize) append_normalization_parameters(specs, conv.filters);
  return specs;
}

std::int64_t multiply_adds(const Conv3d& conv, std::span<const Shape> inputs, const Shape& output) {
  if (conv.upsamples()) return multiply_adds(conv, low_resolution(conv, inputs[0]), inputs[0][0]);
  return element_count(output) * inputs[0][0] * conv.kernel[0] * conv.kernel[1] * conv.kernel[2];
}

}  // namespace showergan::nn
