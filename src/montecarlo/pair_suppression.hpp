#pragma once

#include "montecarlo/lpm_functions.hpp"

namespace showergan::montecarlo {

/// How the medium suppresses pair production at high energy (Landau, Pomeranchuk and Migdal: many
/// scatterings within the formation length), by Migdal's functions: the two terms of the
/// cross-section are multiplied by ξ(2φ + G)/3 and ξG.
///
/// Of a pair that shares `energy` as ε : 1 − ε, `sharing` = ε (1 − ε), in the field of element z:
/// s' = √(E_LPM / (8 E ε (1 − ε))), s = s'/√ξ(s') (Stanev et al.; Geant4 Physics Reference Manual).
LpmFactors pair_suppression(double lpm_energy, double energy, double sharing, double z);

}  // namespace showergan::montecarlo
