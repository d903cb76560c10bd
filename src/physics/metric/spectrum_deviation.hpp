#pragma once

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// Mean relative deviation of the number of cells per shower and bin of cell energy, over the bins
/// with at least 100 entries in the reference (METRICS: `spectrum_mre`, `spectrum_mip`).
Outcome spectrum_deviation(const Comparison& comparison, Spectrum spectrum);

}  // namespace showergan::physics
