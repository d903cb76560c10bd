#include "nn/graph/upsampling.hpp"

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Upsampling& upsampling, std::span<const Shape> inputs) {
  expect_inputs(Upsampling::type, inputs, 1);
  const Shape& from = inputs[0];
  expect_image(Upsampling::type, from);
  const Triple& f = upsampling.factor;
  const Shape result{from[0], from[1] * f[0], from[2] * f[1], from[3] * f[2]};
  expect_positive(Upsampling::type, result, from);
  return result;
}

}  // namespace showergan::nn
