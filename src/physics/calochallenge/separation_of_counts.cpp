#include "physics/calochallenge/separation_of_counts.hpp"

#include <numeric>
#include <vector>

#include "physics/metric/separation.hpp"

namespace showergan::physics {

Outcome separation_of_counts(std::span<const double> reference, std::span<const double> candidate) {
  const double all_p = std::accumulate(reference.begin(), reference.end(), 0.0);
  const double all_q = std::accumulate(candidate.begin(), candidate.end(), 0.0);
  if (all_p == 0) return Outcome::none("the histogram of the reference is empty");
  if (all_q == 0) return Outcome::none("the candidate is outside the range of the histogram");
  std::vector<double> p(reference.begin(), reference.end());
  std::vector<double> q(candidate.begin(), candidate.end());
  for (double& bin : p) bin /= all_p;
  for (double& bin : q) bin /= all_q;
  return Outcome(separation_power(p, q));
}

}  // namespace showergan::physics
