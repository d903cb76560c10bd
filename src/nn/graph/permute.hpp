#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Reorders axes: output axis i is input axis axes[i] (the batch stays first and is not counted).
struct Permute {
  static constexpr std::string_view type = "permute";
  std::vector<std::int64_t> axes;
};

Shape infer_shape(const Permute& permute, std::span<const Shape> inputs);

}  // namespace showergan::nn
