#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Batch normalisation over the first axis (the channels of an image, the elements of a vector);
/// Ioffe and Szegedy, arXiv:1502.03167, with the semantics of Keras.
///
/// Training: y = gamma (x − mean) / sqrt(var + epsilon) + beta with mean and (biased) variance over
/// batch and cells; moving = momentum · moving + (1 − momentum) · batch value. Inference: the
/// moving statistics take their place.
struct BatchNormalization {
  static constexpr std::string_view type = "batch_normalization";
  double momentum = 0.99;
  double epsilon = 1e-3;
};

/// gamma, beta, moving_mean, moving_variance; each one number per channel.
void append_normalization_parameters(std::vector<ParameterSpec>& specs, std::int64_t channels);

Shape infer_shape(const BatchNormalization& normalization, std::span<const Shape> inputs);
std::vector<ParameterSpec> parameters(const BatchNormalization& normalization,
                                      std::span<const Shape> inputs);

}  // namespace showergan::nn
