#include "physics/metric/metric_result.hpp"

#include <algorithm>
#include <cmath>

namespace showergan::physics {

std::optional<double> excess_of(std::optional<double> value, std::optional<double> floor) {
  if (!value || !floor) return std::nullopt;
  return std::sqrt(std::max(0.0, *value * *value - *floor * *floor));
}

}  // namespace showergan::physics
