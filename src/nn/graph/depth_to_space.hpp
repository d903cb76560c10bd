#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Moves channels into cells: (bx·by·bz·C, x, y, z) → (C, bx·x, by·y, bz·z); input channel
/// ((i·by + j)·bz + k)·C + c becomes cell offset (i, j, k) of channel c (the order that ONNX calls
/// DCR, in three dimensions).
struct DepthToSpace {
  static constexpr std::string_view type = "depth_to_space";
  Triple block{1, 1, 1};
};

Shape infer_shape(const DepthToSpace& shuffle, std::span<const Shape> inputs);

}  // namespace showergan::nn
