#include "nn/graph/reduction.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape reduced_shape(const Reduction& reduction, const Shape& from) {
  Shape kept = from;
  for (const std::int64_t axis : reduction.axes) kept[static_cast<std::size_t>(axis)] = 1;
  return kept;
}

Shape infer_shape(const Reduction& reduction, std::span<const Shape> inputs) {
  expect_inputs(Reduction::type, inputs, 1);
  const Shape& from = inputs[0];
  for (const std::int64_t axis : reduction.axes) {
    if (axis < 0 || axis >= static_cast<std::int64_t>(from.size()) ||
        std::count(reduction.axes.begin(), reduction.axes.end(), axis) > 1) {
      throw ShapeError(fmt::format("cannot reduce axis {} of {}", axis, to_string(from)));
    }
  }
  if (reduction.keep_axes) return reduced_shape(reduction, from);
  Shape result;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto axis = static_cast<std::int64_t>(i);
    if (std::find(reduction.axes.begin(), reduction.axes.end(), axis) == reduction.axes.end()) {
      result.push_back(from[i]);
    }
  }
  if (result.empty()) result.push_back(1);  // one number per sample is a vector of one
  return result;
}

}  // namespace showergan::nn
