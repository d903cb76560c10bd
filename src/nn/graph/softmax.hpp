#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// e^x / Σ e^x along one axis.
struct Softmax {
  static constexpr std::string_view type = "softmax";
  std::int64_t axis = 0;
};

Shape infer_shape(const Softmax& softmax, std::span<const Shape> inputs);

}  // namespace showergan::nn
