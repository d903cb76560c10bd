#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/activation.hpp"
#include "nn/graph/conv3d.hpp"

namespace showergan::nn {

/// A convolution of what a dense layer computes, taken as an image; its epilogue is empty.
struct ComposedConvolution {
  Shape image;
  Conv3d convolution;
};

/// y = epilogue(W x + b) for a vector x. Kernel: (units, inputs); bias: (units).
struct Dense {
  static constexpr std::string_view type = "dense";
  std::int64_t units = 1;
  bool bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Epilogue epilogue{};
  /// What comes between W x + b and the epilogue: both together are one matrix. Only a pass sets it
  /// (nn/lowering linear_composition), in inference. The convolution's parameters stand behind the
  /// layer's own, and the epilogue's behind those.
  std::optional<ComposedConvolution> composed = std::nullopt;
};

Shape infer_shape(const Dense& dense, std::span<const Shape> inputs);
std::vector<ParameterSpec> parameters(const Dense& dense, std::span<const Shape> inputs);
/// Of the one matrix if a convolution is composed with it.
std::int64_t multiply_adds(const Dense& dense, std::span<const Shape> inputs, const Shape& output);

}  // namespace showergan::nn
