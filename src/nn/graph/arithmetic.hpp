#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

enum class BinaryFunction { add, subtract, multiply, divide };

/// a ∘ b, element by element, with NumPy's broadcasting of the samples' shapes: aligned at the last
/// axis, extents of 1 (or missing axes) repeated. A scale per channel of an image is (C, 1, 1, 1).
struct Arithmetic {
  static constexpr std::string_view type = "arithmetic";
  BinaryFunction function = BinaryFunction::add;
};

std::string_view name_of(BinaryFunction function);
std::optional<BinaryFunction> binary_function_named(std::string_view name);

/// The shape that all of `inputs` broadcast to; throws ShapeError naming two that do not fit.
Shape broadcast_shape(std::string_view type, std::span<const Shape> inputs);

Shape infer_shape(const Arithmetic& arithmetic, std::span<const Shape> inputs);

}  // namespace showergan::nn
