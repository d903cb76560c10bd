#include "nn/graph/constant.hpp"

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Constant& constant, std::span<const Shape> inputs) {
  expect_inputs(Constant::type, inputs, 0);
  expect_positive(Constant::type, constant.shape, constant.shape);
  if (static_cast<std::int64_t>(constant.values.size()) != element_count(constant.shape)) {
    throw ShapeError(fmt::format("constant has {} values for the shape {}", constant.values.size(),
                                 to_string(constant.shape)));
  }
  return constant.shape;
}

}  // namespace showergan::nn
