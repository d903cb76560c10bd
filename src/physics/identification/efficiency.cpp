#include "physics/identification/efficiency.hpp"

#include <algorithm>
#include <cmath>

#include "physics/statistics.hpp"

namespace showergan::physics {

double Efficiency::value() const noexcept {
  return all == 0 ? 0 : static_cast<double>(passed) / static_cast<double>(all);
}

double Efficiency::error() const noexcept {
  const auto k = static_cast<double>(passed);
  const auto n = static_cast<double>(all);
  const double mean = (k + 1) / (n + 2);
  return std::sqrt(mean * ((k + 2) / (n + 3) - mean));
}

Efficiency efficiency_of(std::span<const double> scores, double cut) {
  return {std::ranges::count_if(scores, [cut](double score) { return score >= cut; }),
          static_cast<std::int64_t>(scores.size())};
}

double cut_for(std::vector<double> scores, double efficiency) {
  std::ranges::sort(scores);
  return quantile_of_sorted(scores, 1 - efficiency);
}

}  // namespace showergan::physics
