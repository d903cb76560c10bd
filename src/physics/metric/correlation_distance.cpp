#include "physics/metric/correlation_distance.hpp"

#include <cmath>
#include <vector>

#include "physics/metric/fixed_energy.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {

Outcome correlation_distance(const Comparison& comparison) {
  if (comparison.bins().empty()) return Outcome::none(kNoBins);
  std::vector<Residuals> varying;
  for (const Observable observable : kCorrelated) {
    Residuals residuals = residuals_at_fixed_energy(comparison, observable);
    if (standard_deviation(residuals.reference) > 0) varying.push_back(std::move(residuals));
  }
  Average average;
  for (std::size_t i = 0; i < varying.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      average.add(std::abs(correlation(varying[i].reference, varying[j].reference) -
                           correlation(varying[i].candidate, varying[j].candidate)));
    }
  }
  return average.outcome("fewer than two observables vary in the reference");
}

}  // namespace showergan::physics
