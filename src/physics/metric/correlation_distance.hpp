#pragma once

#include <array>

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// The observables whose correlations are compared.
inline constexpr std::array<Observable, 12> kCorrelated = {
    Observable::m1_x,    Observable::m1_y,    Observable::m1_z,     Observable::m2_x,
    Observable::m2_y,    Observable::m2_z,    Observable::response, Observable::hits_300keV,
    Observable::third_1, Observable::third_2, Observable::third_3,  Observable::log10_max_cell};

/// Mean absolute difference of the off-diagonal Pearson correlations of kCorrelated at fixed energy
/// (METRICS: `correlation_distance`). Observables that do not vary in the reference are left out;
/// one that varies there and not in the candidate counts as uncorrelated, so that a collapsed
/// candidate does not look good.
Outcome correlation_distance(const Comparison& comparison);

}  // namespace showergan::physics
