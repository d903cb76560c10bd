#include "physics/metric/mean_deviation.hpp"

#include <cmath>

#include "physics/statistics.hpp"

namespace showergan::physics {

Outcome mean_relative_error(const Comparison& comparison, std::span<const Observable> observables) {
  if (comparison.bins().empty()) return Outcome::none(kNoBins);
  Average average;
  for (const Comparison::Bin& bin : comparison.bins()) {
    for (const Observable observable : observables) {
      const double reference = mean(bin.reference.column(observable));
      const double candidate = mean(bin.candidate.column(observable));
      if (reference > 0) average.add(std::abs(reference - candidate) / reference);
    }
  }
  return average.outcome("the mean of the reference is 0");
}

}  // namespace showergan::physics
