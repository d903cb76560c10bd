#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// The same numbers in the same order under another shape. One extent may be −1: what is left. So
/// {−1} flattens.
struct Reshape {
  static constexpr std::string_view type = "reshape";
  Shape shape;
};

Shape infer_shape(const Reshape& reshape, std::span<const Shape> inputs);

}  // namespace showergan::nn
