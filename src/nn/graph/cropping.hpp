#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Removes cells on both sides of an image.
struct Cropping {
  static constexpr std::string_view type = "cropping";
  Padding cells{};
};

Shape infer_shape(const Cropping& cropping, std::span<const Shape> inputs);

}  // namespace showergan::nn
