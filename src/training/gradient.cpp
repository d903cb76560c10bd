#include "training/gradient.hpp"

#include <array>
#include <cmath>
#include <cstddef>

#include "base/contract.hpp"

namespace showergan::training {

double gradient_norm(std::span<const float> gradient) {
  // Eight sums that do not wait for each other; a square of a float32 cannot overflow here.
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> sums{};
  std::size_t i = 0;
  for (; i + lanes <= gradient.size(); i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double value = gradient[i + lane];
      sums[lane] += value * value;
    }
  }
  double sum = 0;
  for (const double part : sums) sum += part;
  for (; i < gradient.size(); ++i) sum += static_cast<double>(gradient[i]) * gradient[i];
  return std::sqrt(sum);
}

double clip_gradient(std::span<float> gradient, double limit) {
  SHOWERGAN_EXPECT(limit >= 0);
  const double norm = gradient_norm(gradient);
  if (limit == 0 || !std::isfinite(norm) || norm <= limit) return norm;
  const auto scale = static_cast<float>(limit / norm);
  for (float& value : gradient) value *= scale;
  return norm;
}

}  // namespace showergan::training
