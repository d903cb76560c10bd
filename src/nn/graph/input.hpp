#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// What the caller provides, per sample: noise, conditions, an image.
struct Input {
  static constexpr std::string_view type = "input";
  Shape shape;
};

Shape infer_shape(const Input& input, std::span<const Shape> inputs);

}  // namespace showergan::nn
