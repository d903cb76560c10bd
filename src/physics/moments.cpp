#include "physics/moments.hpp"

#include <cstddef>

namespace showergan::physics {

Moments moments(std::span<const double> slices) {
  double sum = 0;
  double first = 0;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    sum += slices[i];
    first += static_cast<double>(i) * slices[i];
  }
  if (sum <= 0) return {};
  first /= sum;
  double second = 0;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const double distance = static_cast<double>(i) - first;
    second += distance * distance * slices[i];
  }
  return {first, second / sum};
}

}  // namespace showergan::physics
