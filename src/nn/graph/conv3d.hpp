#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/activation.hpp"

namespace showergan::nn {

/// Three-dimensional convolution (cross-correlation, as in every framework) with zero padding.
/// Input (C, x, y, z), kernel (filters, C, kx, ky, kz), bias (filters); output extent per axis:
/// (n + before + after − k) / stride + 1, where n counts up-sampled cells.
struct Conv3d {
  static constexpr std::string_view type = "conv3d";
  std::int64_t filters = 1;
  Triple kernel{1, 1, 1};
  Triple stride{1, 1, 1};
  Padding padding{};
  bool bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Epilogue epilogue{};
  /// Nearest-neighbour up-sampling of the input, before the padding. Only a pass sets it
  /// (nn/lowering upsampling_fusion), at stride 1; a freshly built graph has an Upsampling of its
  /// own.
  Triple upsampling{1, 1, 1};

  /// What follows the epilogue: a second input of the result's shape is added, and a function
  /// applied to the sum. Only a pass sets it (nn/lowering addition_fusion), in inference, where
  /// nothing is up-sampled.
  struct Addition {
    Activation function;
  };
  std::optional<Addition> addition{};

  bool upsamples() const noexcept { return upsampling != Triple{1, 1, 1}; }
};

/// Padding that keeps the extents at stride 1, as Keras's "same": (k − 1) / 2 before, the rest
/// after.
Padding same_padding(const Triple& kernel);

Shape infer_shape(const Conv3d& conv, std::span<const Shape> inputs);
std::vector<ParameterSpec> parameters(const Conv3d& conv, std::span<const Shape> inputs);
/// Of the convolution at low resolution if it up-samples.
std::int64_t multiply_adds(const Conv3d& conv, std::span<const Shape> inputs, const Shape& output);

}  // namespace showergan::nn
