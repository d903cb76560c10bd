#include "nn/graph/input.hpp"

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Input& input, std::span<const Shape> inputs) {
  expect_inputs(Input::type, inputs, 0);
  expect_positive(Input::type, input.shape, input.shape);
  return input.shape;
}

}  // namespace showergan::nn
