#pragma once

#include <algorithm>
#include <cstddef>

#include "flow/layer_flow.hpp"
#include "layers/standardisation.hpp"

namespace showergan::test {

/// The value at a normal number of a marginal distribution, as the generator's graph computes it.
inline double marginal(const layers::Standardisation& map, std::size_t number, double normal) {
  const auto& knots = flow::kMarginalKnots;
  const double* slopes = map.marginal_slope().data() + number * flow::kMarginalSlopes;
  double value = map.marginal_start()[number] + slopes[0] * std::min(normal - knots.front(), 0.0) +
                 slopes[knots.size()] * std::max(normal - knots.back(), 0.0);
  for (std::size_t k = 1; k < knots.size(); ++k) {
    value += slopes[k] * std::clamp(normal - knots[k - 1], 0.0, knots[k] - knots[k - 1]);
  }
  return value;
}

}  // namespace showergan::test
