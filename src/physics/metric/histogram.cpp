#include "physics/metric/histogram.hpp"

#include <algorithm>
#include <cmath>

#include "physics/statistics.hpp"

namespace showergan::physics {

HistogramAxis axis_over(std::vector<double> reference, std::size_t bins) {
  std::ranges::sort(reference);
  const double low = quantile_of_sorted(reference, 0.0005);
  const double high = quantile_of_sorted(reference, 0.9995);
  if (high > low) return {low - 0.1 * (high - low), high + 0.1 * (high - low), bins};
  // A reference of one value: everything else lands in the end bins.
  const double margin = 1e-6 * std::max(1e-6, std::abs(low));
  return {low - margin, high + margin, bins};
}

std::vector<double> normalised_histogram(std::span<const double> values,
                                         const HistogramAxis& axis) {
  std::vector<double> bins(axis.bins);
  const auto count = static_cast<double>(axis.bins);
  for (const double value : values) {
    const double position = (value - axis.low) / (axis.high - axis.low) * count;
    bins[static_cast<std::size_t>(std::clamp(std::floor(position), 0.0, count - 1.0))] += 1;
  }
  for (double& bin : bins) bin /= static_cast<double>(std::max<std::size_t>(1, values.size()));
  return bins;
}

}  // namespace showergan::physics
