#include "physics/metric/resolution.hpp"

#include <algorithm>
#include <cmath>

#include "physics/metric/fixed_energy.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {

double half_central_68(std::vector<double> values) {
  std::ranges::sort(values);
  return 0.5 * (quantile_of_sorted(values, 0.84) - quantile_of_sorted(values, 0.16));
}

Outcome resolution_deviation(const Comparison& comparison) {
  if (comparison.bins().empty()) return Outcome::none(kNoBins);
  Average average;
  for (const Comparison::Bin& bin : comparison.bins()) {
    Residuals residuals = residuals_at_fixed_energy(bin, Observable::response);
    const double mean_reference = mean(bin.reference.column(Observable::response));
    const double mean_candidate = mean(bin.candidate.column(Observable::response));
    if (mean_reference <= 0) continue;
    if (mean_candidate <= 0)
      return Outcome::none("the candidate holds empty showers only in a bin");
    const double reference = half_central_68(std::move(residuals.reference)) / mean_reference;
    const double candidate = half_central_68(std::move(residuals.candidate)) / mean_candidate;
    if (reference > 0) average.add(std::abs(candidate - reference) / reference);
  }
  return average.outcome("the response of the reference does not vary");
}

}  // namespace showergan::physics
