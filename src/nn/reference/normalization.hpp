#pragma once

#include <span>
#include <vector>

#include "nn/reference/channels.hpp"

namespace showergan::nn::reference {

/// Mean and 1 / sqrt(variance + epsilon) of each channel.
struct Statistics {
  std::vector<double> mean;
  std::vector<double> inverse_deviation;
};

Statistics statistics_of(std::span<const double> mean, std::span<const double> variance,
                         double epsilon);

/// y = gamma (x − mean) / sqrt(variance + epsilon) + beta. `y` may be `x`.
void normalize(const Channels& channels, const Statistics& statistics,
               std::span<const double> gamma, std::span<const double> beta,
               std::span<const double> x, std::span<double> y);

/// Gradients of normalize() for statistics that do not depend on x, added to those given.
void normalize_backward(const Channels& channels, const Statistics& statistics,
                        std::span<const double> gamma, std::span<const double> x,
                        std::span<const double> y_gradient, std::span<double> gamma_gradient,
                        std::span<double> beta_gradient, std::span<double> x_gradient);

}  // namespace showergan::nn::reference
