#include "nn/graph/slice.hpp"

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Slice& slice, std::span<const Shape> inputs) {
  expect_inputs(Slice::type, inputs, 1);
  const Shape& from = inputs[0];
  const auto rank = static_cast<std::int64_t>(from.size());
  if (slice.axis < 0 || slice.axis >= rank || slice.step < 1 || slice.start < 0 ||
      slice.stop <= slice.start || slice.stop > from[static_cast<std::size_t>(slice.axis)]) {
    throw ShapeError(fmt::format("slice {}:{}:{} of axis {} does not fit {}", slice.start,
                                 slice.stop, slice.step, slice.axis, to_string(from)));
  }
  Shape result = from;
  result[static_cast<std::size_t>(slice.axis)] =
      (slice.stop - slice.start + slice.step - 1) / slice.step;
  return result;
}

}  // namespace showergan::nn
