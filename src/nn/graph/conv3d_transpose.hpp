#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/activation.hpp"

namespace showergan::nn {

/// Transposed convolution: the map whose matrix is the transpose of a Conv3d's. Input (C, x, y, z),
/// kernel (C, filters, kx, ky, kz), bias (filters); output extent per axis:
/// (n − 1) · stride + k − before − after + extra.
struct Conv3dTranspose {
  static constexpr std::string_view type = "conv3d_transpose";
  std::int64_t filters = 1;
  Triple kernel{1, 1, 1};
  Triple stride{1, 1, 1};
  Padding padding{};      ///< cells cut off on both sides: the padding of the forward convolution
  Triple extra{0, 0, 0};  ///< cells added at the end, below the stride (ONNX: output_padding)
  bool bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Epilogue epilogue{};
};

Shape infer_shape(const Conv3dTranspose& conv, std::span<const Shape> inputs);
std::vector<ParameterSpec> parameters(const Conv3dTranspose& conv, std::span<const Shape> inputs);
std::int64_t multiply_adds(const Conv3dTranspose& conv, std::span<const Shape> inputs,
                           const Shape& output);

}  // namespace showergan::nn
