#include "nn/graph/softmax.hpp"

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Softmax& softmax, std::span<const Shape> inputs) {
  expect_inputs(Softmax::type, inputs, 1);
  if (softmax.axis < 0 || softmax.axis >= static_cast<std::int64_t>(inputs[0].size())) {
    throw ShapeError(
        fmt::format("softmax has no axis {} in {}", softmax.axis, to_string(inputs[0])));
  }
  return inputs[0];
}

}  // namespace showergan::nn
