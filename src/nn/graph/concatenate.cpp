#include "nn/graph/concatenate.hpp"

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Concatenate& concatenate, std::span<const Shape> inputs) {
  if (inputs.empty()) throw ShapeError("concatenate needs at least one input");
  Shape result = inputs[0];
  const auto axis = static_cast<std::size_t>(concatenate.axis);
  if (concatenate.axis < 0 || axis >= result.size()) {
    throw ShapeError(
        fmt::format("concatenate has no axis {} in {}", concatenate.axis, to_string(result)));
  }
  for (const Shape& other : inputs.subspan(1)) {
    Shape expected = result;
    if (other.size() == result.size()) expected[axis] = other[axis];
    if (other != expected) {
      throw ShapeError(fmt::format("concatenate cannot join {} and {} along axis {}",
                                   to_string(inputs[0]), to_string(other), concatenate.axis));
    }
    result[axis] += other[axis];
  }
  return result;
}

}  // namespace showergan::nn
