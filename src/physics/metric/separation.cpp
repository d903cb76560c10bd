#include "physics/metric/separation.hpp"

#include "physics/metric/fixed_energy.hpp"
#include "physics/metric/histogram.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kBins = 50;

}  // namespace

Outcome separation(const Comparison& comparison, Observable observable) {
  if (comparison.bins().empty()) return Outcome::none(kNoBins);
  const Residuals residuals = residuals_at_fixed_energy(comparison, observable);
  const HistogramAxis axis = axis_over(residuals.reference, kBins);
  const std::vector<double> p = normalised_histogram(residuals.reference, axis);
  const std::vector<double> q = normalised_histogram(residuals.candidate, axis);
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
