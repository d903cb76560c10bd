#include "physics/summary/profile_maximum.hpp"

#include <algorithm>
#include <cstddef>

namespace showergan::physics {

double profile_maximum(std::span<const double> profile) {
  if (profile.empty()) return 0;
  const auto largest =
      static_cast<std::size_t>(std::ranges::max_element(profile) - profile.begin());
  const auto place = static_cast<double>(largest);
  if (largest == 0 || largest + 1 == profile.size()) return place;
  const double before = profile[largest - 1];
  const double after = profile[largest + 1];
  const double curvature = before - 2 * profile[largest] + after;
  return curvature < 0 ? place + 0.5 * (before - after) / curvature : place;
}

}  // namespace showergan::physics
