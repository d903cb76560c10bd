#pragma once

#include <span>

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// Mean over the energy bins and `observables` of |⟨O⟩_R − ⟨O⟩_C| / ⟨O⟩_R (METRICS:
/// `sampling_fraction_mre`, `response_mre`, `hits_mre`). Left out where ⟨O⟩_R is 0.
Outcome mean_relative_error(const Comparison& comparison, std::span<const Observable> observables);

}  // namespace showergan::physics
