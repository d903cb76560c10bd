#include "nn/graph/depth_to_space.hpp"

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const DepthToSpace& shuffle, std::span<const Shape> inputs) {
  expect_inputs(DepthToSpace::type, inputs, 1);
  const Shape& from = inputs[0];
  expect_image(DepthToSpace::type, from);
  const Triple& b = shuffle.block;
  if (b[0] < 1 || b[1] < 1 || b[2] < 1 || from[0] % (b[0] * b[1] * b[2]) != 0) {
    throw ShapeError(fmt::format("depth_to_space cannot deal {} to blocks of {}", to_string(from),
                                 to_string(b)));
  }
  return {from[0] / (b[0] * b[1] * b[2]), from[1] * b[0], from[2] * b[1], from[3] * b[2]};
}

}  // namespace showergan::nn
