#pragma once

#include <array>
#include <span>

#include "physics/metric/comparison.hpp"
#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// The observables whose distributions are compared by their separation.
inline constexpr std::array<Observable, 14> kSeparated = {
    Observable::response,    Observable::m1_x,          Observable::m1_y,    Observable::m1_z,
    Observable::m2_x,        Observable::m2_y,          Observable::m2_z,    Observable::hits_70keV,
    Observable::hits_200keV, Observable::hits_300keV,   Observable::third_1, Observable::third_2,
    Observable::third_3,     Observable::log10_max_cell};

/// ½ Σ (p − q)² / (p + q) of two normalised histograms of one axis.
double separation_power(std::span<const double> p, std::span<const double> q);

/// Separation power ½ Σ (p − q)² / (p + q) of the normalised 50-bin histograms of an observable at
/// fixed energy (S. Diefenbacher et al., arXiv:2009.03796, eq. 15; CaloChallenge): 0 for equal
/// distributions, 1 for ones that do not overlap. The histograms span the 0.05 to 99.95 % quantiles
/// of the reference, widened by 10 % on each side; what lies outside counts in the end bins.
Outcome separation(const Comparison& comparison, Observable observable);

/// Mean over kSeparated; none if one of them has none.
Outcome mean_separation(const Comparison& comparison);

}  // namespace showergan::physics
