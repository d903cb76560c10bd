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
  return {dense.units};
}

std::vector<ParameterSpec> parameters(const Dense& dense, std::span<const Shape> inputs) {
  const std::int64_t fan_in = inputs[0][0];
  std::vector<ParameterSpec> specs{
      {"kernel", {dense.units, fan_in}, dense.kernel_initializer, fan_in, dense.units, true}};
  if (dense.bias) specs.push_back({"bias", {dense.units}, Initializer::zeros, 1, 1, true});
  if (dense.epilogue.normalize) append_normalization_parameters(specs, dense.units);
  return specs;
}

std::int64_t multiply_adds(const Dense& dense, std::span<const Shape> inputs, const Shape&) {
  return dense.units * inputs[0][0];
}

}  // namespace showergan::nn
