#include "nn/reference/normalization.hpp"

#include <cmath>

namespace showergan::nn::reference {

Statistics statistics_of(std::span<const double> mean, std::span<const double> variance,
                         double epsilon) {
  Statistics statistics;
  statistics.mean.assign(mean.begin(), mean.end());
  for (const double v : variance) {
    statistics.inverse_deviation.push_back(1 / std::sqrt(v + epsilon));
  }
  return statistics;
}

void normalize(const Channels& channels, const Statistics& statistics,
               std::span<const double> gamma, std::span<const double> beta,
               std::span<const double> x, std::span<double> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t c = channels.of(i);
    y[i] = gamma[c] * (x[i] - statistics.mean[c]) * statistics.inverse_deviation[c] + beta[c];
  }
}

void normalize_backward(const Channels& channels, const Statistics& statistics,
                        std::span<const double> gamma, std::span<const double> x,
                        std::span<const double> y_gradient, std::span<double> gamma_gradient,
                        std::span<double> beta_gradient, std::span<double> x_gradient) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t c = channels.of(i);
    const double normalized = (x[i] - statistics.mean[c]) * statistics.inverse_deviation[c];
    gamma_gradient[c] += y_gradient[i] * normalized;
    beta_gradient[c] += y_gradient[i];
    x_gradient[i] += y_gradient[i] * gamma[c] * statistics.inverse_deviation[c];
  }
}

}  // namespace showergan::nn::reference
