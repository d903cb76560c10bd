#include "nn/graph/average_pooling.hpp"

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const AveragePooling& pooling, std::span<const Shape> inputs) {
  expect_inputs(AveragePooling::type, inputs, 1);
  const Shape& from = inputs[0];
  expect_image(AveragePooling::type, from);
  Shape result{from[0]};
  for (std::size_t i = 0; i < 3; ++i) {
    if (pooling.block[i] < 1) throw ShapeError("average_pooling needs positive blocks");
    result.push_back(from[i + 1] / pooling.block[i]);
  }
  expect_positive(AveragePooling::type, result, from);
  return result;
}

}  // namespace showergan::nn
