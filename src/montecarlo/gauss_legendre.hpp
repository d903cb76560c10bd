#pragma once

#include <array>
#include <cstddef>

namespace showergan::montecarlo {

/// Integral of a function over (low, high) by Gauss and Legendre's rule of eight points in each of
/// `panels` equal parts.
template <typename Function>
double gauss_legendre(const Function& function, double low, double high, int panels) {
  constexpr std::array<double, 4> nodes = {0.1834346424956498, 0.5255324099163290,
                                           0.7966664774136267, 0.9602898564975363};
  constexpr std::array<double, 4> weights = {0.3626837833783620, 0.3137066458778873,
                                             0.2223810344533745, 0.1012285362903763};
  const double half = 0.5 * (high - low) / panels;
  double sum = 0;
  for (int panel = 0; panel < panels; ++panel) {
    const double middle = low + (2 * panel + 1) * half;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      sum += weights[i] * (function(middle - half * nodes[i]) + function(middle + half * nodes[i]));
    }
  }
  return half * sum;
}

}  // namespace showergan::montecarlo
