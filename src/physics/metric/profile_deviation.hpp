#pragma once

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// Relative deviation of the mean energy per slice, |⟨S⟩_R − ⟨S⟩_C| / ⟨S⟩_R, over the slices (or
/// rings) that hold at least 1 % of the reference's energy (METRICS: `profile_z`, `profile_x`,
/// `profile_radial`).
struct ProfileDeviation {
  Outcome mean;
  Outcome max;
};
ProfileDeviation profile_deviation(const Comparison& comparison, Profile profile);

/// Relative deviation of the mean of `tail` (METRICS: `profile_tail`).
Outcome tail_deviation(const Comparison& comparison);

}  // namespace showergan::physics
