#pragma once

#include <vector>

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// Half the central 68 % interval of numbers, of which there is at least one.
double half_central_68(std::vector<double> values);

/// Energy resolution (METRICS: `resolution_mre`): σ68 is half the central 68 % interval of the
/// residuals of `response` at fixed energy, over the mean response of the same set in the bin; the
/// metric is the mean over bins of |σ_C − σ_R| / σ_R.
Outcome resolution_deviation(const Comparison& comparison);

}  // namespace showergan::physics
