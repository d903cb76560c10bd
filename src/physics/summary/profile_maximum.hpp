#pragma once

#include <span>

namespace showergan::physics {

/// Where a profile is largest, in slices: the vertex of the parabola through the largest slice and
/// its two neighbours, or that slice itself at an end. 0 for an empty profile.
double profile_maximum(std::span<const double> profile);

}  // namespace showergan::physics
