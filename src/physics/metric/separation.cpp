#include "physics/metric/separation.hpp"

#include <algorithm>
#include <cmath>

#include "physics/metric/fixed_energy.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr int kBins = 50;

struct Range {
  double low = 0;
  double high = 0;
};

Range range_of(std::vector<double> values) {
  std::ranges::sort(values);
  const double low = quantile_of_sorted(values, 0.0005);
  const double high = quantile_of_sorted(values, 0.9995);
  if (high > low) return {low - 0.1 * (high - low), high + 0.1 * (high - low)};
  // A reference of one value: everything else lands in the end bins.
  const double margin = 1e-6 * std::max(1e-6, std::abs(low));
  return {low - margin, high + margin};
}

std::array<double, kBins> histogram(std::span<const double> values, const Range& range) {
  std::array<double, kBins> bins = {};
  for (const double value : values) {
    const double position = (value - range.low) / (range.high - range.low) * kBins;
    const double bin = std::clamp(std::floor(position), 0.0, kBins - 1.0);
    bins[static_cast<std::size_t>(bin)] += 1;
  }
  for (double& bin : bins) bin /= static_cast<double>(values.size());
  return bins;
}

}  // namespace

Outcome separation(const Comparison& comparison, Observable observable) {
  if (comparison.bins().empty()) return Outcome::none(kNoBins);
  const Residuals residuals = residuals_at_fixed_energy(comparison, observable);
  const Range range = range_of(residuals.reference);
  const auto p = histogram(residuals.reference, range);
  const auto q = histogram(residuals.candidate, range);
  double sum = 0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (p[bin] + q[bin] > 0) sum += (p[bin] - q[bin]) * (p[bin] - q[bin]) / (p[bin] + q[bin]);
  }
  return Outcome(0.5 * sum);
}

Outcome mean_separation(const Comparison& comparison) {
  Average average;
  for (const Observable observable : kSeparated) {
    const Outcome one = separation(comparison, observable);
    if (!one) return one;
    average.add(*one.value());
  }
  return average.outcome(kNoBins);
}

}  // namespace showergan::physics
