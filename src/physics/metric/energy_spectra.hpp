#pragma once

#include <string>
#include <vector>

#include "physics/sample.hpp"

namespace showergan::physics {

/// How the primary energies of two sets compare.
enum class EnergySpectra {
  same,       ///< the very same energies, shower by shower
  alike,      ///< drawn from one spectrum, as far as the numbers tell
  different,  ///< not from one spectrum: Kolmogorov–Smirnov probability below 0.001
};

struct EnergySpectraTest {
  EnergySpectra verdict = EnergySpectra::same;
  double distance = 0;     ///< of the two-sample Kolmogorov–Smirnov test
  double probability = 1;  ///< of a larger distance
};

/// Of the energies of primaries in ascending order.
EnergySpectraTest compare_energies(const std::vector<double>& reference,
                                   const std::vector<double>& candidate);
EnergySpectraTest compare_energies(const Sample& reference, const Sample& candidate);

}  // namespace showergan::physics
