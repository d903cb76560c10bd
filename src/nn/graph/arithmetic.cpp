#include "nn/graph/arithmetic.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {
namespace {

constexpr std::array<std::pair<BinaryFunction, std::string_view>, 4> names{{
    {BinaryFunction::add, "add"},
    {BinaryFunction::subtract, "subtract"},
    {BinaryFunction::multiply, "multiply"},
    {BinaryFunction::divide, "divide"},
}};

}  // namespace

std::string_view name_of(BinaryFunction function) {
  for (const auto& [candidate, name] : names) {
    if (candidate == function) return name;
  }
  return "unknown";
}

std::optional<BinaryFunction> binary_function_named(std::string_view name) {
  for (const auto& [function, candidate] : names) {
    if (candidate == name) return function;
  }
  return std::nullopt;
}

Shape broadcast_shape(std::string_view type, std::span<const Shape> inputs) {
  Shape result;
  for (const Shape& shape : inputs) {
    const Shape before = result;
    if (shape.size() > result.size()) {
      result.insert(result.begin(), shape.size() - result.size(), 1);
    }
    const std::size_t shift = result.size() - shape.size();
    for (std::size_t i = 0; i < shape.size(); ++i) {
      std::int64_t& extent = result[i + shift];
      if (extent != shape[i] && extent != 1 && shape[i] != 1) {
        throw ShapeError(fmt::format("{} cannot broadcast {} and {}", type, to_string(before),
                                     to_string(shape)));
      }
      extent = std::max(extent, shape[i]);
    }
  }
  return result;
}

Shape infer_shape(const Arithmetic& arithmetic, std::span<const Shape> inputs) {
  expect_inputs(name_of(arithmetic.function), inputs, 2);
  return broadcast_shape(name_of(arithmetic.function), inputs);
}

}  // namespace showergan::nn
