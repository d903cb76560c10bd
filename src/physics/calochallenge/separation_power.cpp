#include "physics/calochallenge/separation_power.hpp"

#include <numeric>

namespace showergan::physics {

Outcome separation_power(std::span<const double> reference, std::span<const double> candidate) {
  const double all_p = std::accumulate(reference.begin(), reference.end(), 0.0);
  const double all_q = std::accumulate(candidate.begin(), candidate.end(), 0.0);
  if (all_p == 0) return Outcome::none("the histogram of the reference is empty");
  if (all_q == 0) return Outcome::none("the candidate is outside the range of the histogram");
  double sum = 0;
  for (std::size_t bin = 0; bin < reference.size(); ++bin) {
    const double p = reference[bin] / all_p;
    const double q = candidate[bin] / all_q;
    if (p + q > 0) sum += (p - q) * (p - q) / (p + q);
  }
  return Outcome(0.5 * sum);
}

}  // namespace showergan::physics
