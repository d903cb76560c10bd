#pragma once

#include <array>
#include <span>

namespace showergan::physics {

/// Energy in the first, middle and last third of the layers over the sum (3DGAN; arXiv:2109.07388).
/// Layers that do not divide by three go to the last third: 25 layers are 8, 8 and 9. All 0 for an
/// empty shower.
std::array<double, 3> third_fractions(std::span<const double> layer_energy);

}  // namespace showergan::physics
