#include "gan/quantile_loss.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/contract.hpp"

namespace showergan::gan {
namespace {

/// Φ(n), the distribution function of normal numbers.
double level_of(double noise) {
  return 0.5 * std::erfc(-noise / std::numbers::sqrt2);
}

}  // namespace

double quantile_loss(std::span<const float> target, std::span<const float> shower,
                     std::span<const float> noise, double unit, std::span<float> gradient) {
  SHOWERGAN_EXPECT(shower.size() == target.size() && noise.size() == target.size() &&
                   gradient.size() == target.size());
  const auto cells = static_cast<double>(target.size());
  double sum = 0;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const auto energy = static_cast<double>(shower[i]);
    const double above = std::max(energy, 0.0);
    const double difference = std::log1p(static_cast<double>(target[i]) / unit) -
                              std::log1p(above / unit) - (energy - above) / unit;
    const double slope = level_of(static_cast<double>(noise[i])) - (difference < 0 ? 1 : 0);
    sum += slope * difference;
    gradient[i] = static_cast<float>(-slope / (unit + above) / cells);
  }
  return sum / cells;
}

}  // namespace showergan::gan
