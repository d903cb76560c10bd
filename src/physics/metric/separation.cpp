#include "physics/metric/separation.hpp"

#include "base/contract.hpp"
#include "physics/metric/fixed_energy.hpp"
#include "physics/metric/histogram.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kBins = 50;

}  // namespace

double separation_power(std::span<const double> p, std::span<const double> q) {
  SHOWERGAN_EXPECT(p.size() == q.size());
  double sum = 0;
  for (std::size_t bin = 0; bin < p.size(); ++bin) {
    if (p[bin] + q[bin] > 0) sum += (p[bin] - q[bin]) * (p[bin] - q[bin]) / (p[bin] + q[bin]);
  }
  return 0.5 * sum;
}

Outcome separation(const Comparison& comparison, Observable observable) {
  if (comparison.bins().empty()) return Outcome::none(kNoBins);
  const Residuals residuals = residuals_at_fixed_energy(comparison, observable);
  const HistogramAxis axis = axis_over(residuals.reference, kBins);
  const std::vector<double> p = normalised_histogram(residuals.reference, axis);
  const std::vector<double> q = normalised_histogram(residuals.candidate, axis);
  return Outcome(separation_power(p, q));
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
