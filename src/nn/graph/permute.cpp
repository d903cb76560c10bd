#include "nn/graph/permute.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Permute& permute, std::span<const Shape> inputs) {
  expect_inputs(Permute::type, inputs, 1);
  const Shape& from = inputs[0];
  std::vector<std::int64_t> sorted = permute.axes;
  std::sort(sorted.begin(), sorted.end());
  bool valid = sorted.size() == from.size();
  for (std::size_t i = 0; valid && i < sorted.size(); ++i) {
    valid = sorted[i] == static_cast<std::int64_t>(i);
  }
  if (!valid) {
    throw ShapeError(fmt::format("permute ({}) does not name each axis of {} once",
                                 fmt::join(permute.axes, ", "), to_string(from)));
  }
  Shape result;
  for (const std::int64_t axis : permute.axes)
    result.push_back(from[static_cast<std::size_t>(axis)]);
  return result;
}

}  // namespace showergan::nn
