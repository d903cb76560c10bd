#include "physics/report/closeness.hpp"

#include <algorithm>
#include <limits>

namespace showergan::physics {

std::optional<double> excess_in_floors(const MetricResult& metric) {
  if (!metric.excess || !metric.floor) return std::nullopt;
  if (*metric.excess == 0) return 0;
  if (*metric.floor <= 0) return std::numeric_limits<double>::infinity();
  return *metric.excess / *metric.floor;
}

Closeness closeness(const MetricResult& metric) {
  constexpr double kFar = 3;
  const std::optional<double> floors = excess_in_floors(metric);
  if (!floors) return Closeness::unknown;
  if (*floors <= 1) return Closeness::within;
  return *floors <= kFar ? Closeness::visible : Closeness::far;
}

std::vector<MetricResult> worst_metrics(const std::vector<MetricResult>& metrics,
                                        std::size_t count) {
  std::vector<MetricResult> worst;
  for (const MetricResult& metric : metrics) {
    if (excess_in_floors(metric)) worst.push_back(metric);
  }
  std::ranges::stable_sort(worst, std::ranges::greater{},
                           [](const MetricResult& metric) { return *excess_in_floors(metric); });
  worst.resize(std::min(count, worst.size()));
  return worst;
}

}  // namespace showergan::physics
