#pragma once

#include <span>

namespace showergan::physics {

/// First and second moment of a shower along one axis, in cells.
struct Moments {
  double first = 0;   ///< M1 = Σ i·S_i / Σ S_i
  double second = 0;  ///< M2 = Σ (i − M1)²·S_i / Σ S_i
};

/// The moments of 3DGAN (G. Khattak et al., "Fast simulation of a high granularity calorimeter by
/// generative adversarial networks", arXiv:2109.07388) from the energies in the slices of one axis.
/// Both are 0 for an empty shower.
Moments moments(std::span<const double> slices);

}  // namespace showergan::physics
