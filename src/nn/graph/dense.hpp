#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/activation.hpp"

namespace showergan::nn {

/// y = epilogue(W x + b) for a vector x. Kernel: (units, inputs); bias: (units).
struct Dense {
  static constexpr std::string_view type = "dense";
  std::int64_t units = 1;
  bool bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Epilogue epilogue{};
};

Shape infer_shape(const Dense& dense, std::span<const Shape> inputs);
std::vector<ParameterSpec> parameters(const Dense& dense, std::span<const Shape> inputs);
std::int64_t multiply_adds(const Dense& dense, std::span<const Shape> inputs, const Shape& output);

}  // namespace showergan::nn
