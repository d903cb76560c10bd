#pragma once

#include <cstdint>
#include <string>

#include "nn/graph/shape.hpp"

namespace showergan::nn {

/// How a parameter starts; the distributions are those of Keras.
enum class Initializer {
  zeros,
  ones,
  glorot_uniform,  ///< U(−a, a), a = sqrt(6 / (fan_in + fan_out)); Glorot and Bengio, AISTATS 2010
  glorot_normal,   ///< N(0, 2 / (fan_in + fan_out)), cut at two standard deviations
  he_uniform,      ///< U(−a, a), a = sqrt(6 / fan_in); He et al., arXiv:1502.01852
};

/// What an operator needs to learn or to remember.
struct ParameterSpec {
  std::string role;  ///< kernel, bias, gamma, beta, moving_mean, moving_variance
  Shape shape;
  Initializer initializer = Initializer::zeros;
  std::int64_t fan_in = 1;
  std::int64_t fan_out = 1;
  /// Trainable ones have a gradient; the others are statistics, which training updates by itself.
  bool trainable = true;
};

/// A parameter of a graph: its place in the contiguous master buffers (see Parameters).
struct Parameter : ParameterSpec {
  std::string name;         ///< "layer/role"
  std::int64_t offset = 0;  ///< in floats, within the trainable or the statistics buffer
};

}  // namespace showergan::nn
