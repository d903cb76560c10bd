#include "physics/metric/profile_deviation.hpp"

#include <algorithm>
#include <cmath>

#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr double kLeastShare = 0.01;

}  // namespace

ProfileDeviation profile_deviation(const Comparison& comparison, Profile profile) {
  const std::vector<double> reference = comparison.reference().mean_profile(profile);
  const std::vector<double> candidate = comparison.candidate().mean_profile(profile);
  const double total = mean(comparison.reference().column(Observable::e_sum));
  Average average;
  double largest = 0;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    if (reference[i] <= 0 || reference[i] < kLeastShare * total) continue;
    const double deviation = std::abs(reference[i] - candidate[i]) / reference[i];
    average.add(deviation);
    largest = std::max(largest, deviation);
  }
  const Outcome result = average.outcome("no slice holds 1 % of the reference's energy");
  return {result, result ? Outcome(largest) : result};
}

Outcome tail_deviation(const Comparison& comparison) {
  const double reference = mean(comparison.reference().column(Observable::tail));
  const double candidate = mean(comparison.candidate().column(Observable::tail));
  if (reference <= 0) return Outcome::none("the reference has no energy beyond 6 cells");
  return Outcome(std::abs(reference - candidate) / reference);
}

}  // namespace showergan::physics
