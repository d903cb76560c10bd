#include "nn/graph/dense.hpp"

#include <fmt/format.h>

#include "nn/graph/batch_normalization.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Dense& dense, std::span<const Shape> inputs) {
  expect_inputs(Dense::type, inputs, 1);
  if (inputs[0].size() != 1) {
    throw ShapeError(fmt::format("dense needs a vector, not {}", to_string(inputs[0])), {},
                     "put a flatten before it");
  }
  expect_positive(Dense::type, {dense.units}, inputs[0]);
  if (!dense.composed) return {dense.units};
  const Shape& image = dense.composed->image;
  if (element_count(image) != dense.units) {
    throw ShapeError(fmt::format("{} units are no image of {}", dense.units, to_string(image)));
  }
  return infer_shape(dense.composed->convolution, std::span<const Shape>(&image, 1));
}

std::vector<ParameterSpec> parameters(const Dense& dense, std::span<const Shape> inputs) {
  const std::int64_t fan_in = inputs[0][0];
  std::vector<ParameterSpec> specs{
      {"kernel", {dense.units, fan_in}, dense.kernel_initializer, fan_in, dense.units, true}};
  if (dense.bias) specs.push_back({"bias", {dense.units}, Initializer::zeros, 1, 1, true});
  if (dense.composed) {
    const ComposedConvolution& then = *dense.composed;
    const auto added = parameters(then.convolution, std::span<const Shape>(&then.image, 1));
    specs.insert(specs.end(), added.begin(), added.end());
  }
  const std::int64_t channels = dense.composed ? dense.composed->convolution.filters : dense.units;
  if (dense.epilogue.normalize) append_normalization_parameters(specs, channels);
  return specs;
}

std::int64_t multiply_adds(const Dense&, std::span<const Shape> inputs, const Shape& output) {
  return element_count(output) * inputs[0][0];
}

}  // namespace showergan::nn
