#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Nearest-neighbour up-sampling: every cell of an image is repeated factor[i] times along axis i.
struct Upsampling {
  static constexpr std::string_view type = "upsampling";
  Triple factor{1, 1, 1};
};

Shape infer_shape(const Upsampling& upsampling, std::span<const Shape> inputs);

}  // namespace showergan::nn
