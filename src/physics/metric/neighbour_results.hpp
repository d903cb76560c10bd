#pragma once

#include <vector>

#include "physics/metric/halves.hpp"
#include "physics/metric/metric_result.hpp"

namespace showergan::physics {

/// `precision`, `recall`, `density` and `coverage` with k = 5 (METRICS), on halves thinned to 5,000
/// showers, of features over their standard deviation in the reference.
///
/// The uncertainties, if wanted, are the spreads over samples of 500 of 1,000 showers of each half
/// (or half of all, if there are fewer), drawn without replacement, scaled to the size of the
/// halves.
std::vector<MetricResult> neighbour_results(const Halves& halves, bool uncertainties, int threads);

}  // namespace showergan::physics
