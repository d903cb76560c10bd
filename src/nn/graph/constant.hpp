#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Fixed numbers, the same for every sample: scales, cell coordinates, masks. Never trained.
struct Constant {
  static constexpr std::string_view type = "constant";
  Shape shape;
  std::vector<float> values;  ///< element_count(shape) numbers, last axis fastest
};

Shape infer_shape(const Constant& constant, std::span<const Shape> inputs);

}  // namespace showergan::nn
