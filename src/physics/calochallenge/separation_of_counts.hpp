#pragma once

#include <span>

#include "physics/metric/outcome.hpp"

namespace showergan::physics {

/// The separation_power() of two histograms of counts, each divided by its sum
/// (S. Diefenbacher et al., arXiv:2009.03796, eq. 15; arXiv:2410.21611): 0 for equal distributions,
/// 1 for ones that do not overlap. None if a histogram is empty.
Outcome separation_of_counts(std::span<const double> reference, std::span<const double> candidate);

}  // namespace showergan::physics
