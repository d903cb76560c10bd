#pragma once

namespace showergan::montecarlo {

/// How the medium suppresses pair production at high energy (Landau, Pomeranchuk and Migdal: many
/// scatterings within the formation length), by Migdal's functions (Phys. Rev. 103 (1956) 1811):
/// the two terms of the cross-section are multiplied by ξ(2φ + G)/3 and ξG.
struct PairSuppression {
  double xi = 1;
  double phi = 1;
  double g = 1;
};

/// E_LPM = α m_e² X₀ / (4π ħc), MeV: 7.7 TeV per cm of X₀ (Klein, Rev. Mod. Phys. 71 (1999) 1501).
/// `radiation_length` in mm.
double lpm_energy(double radiation_length);

/// Migdal's φ(s) and G(s), in the approximations of Stanev et al., Phys. Rev. D 25 (1982) 1291
/// (Geant4 Physics Reference Manual, "LPM effect"); ξ = 1.
PairSuppression migdal_functions(double s);

/// Of a pair that shares `energy` as ε : 1 − ε, `sharing` = ε (1 − ε), in the field of element z:
/// s' = √(E_LPM / (8 E ε (1 − ε))), s = s'/√ξ(s') (Stanev et al.; Geant4 Physics Reference Manual).
PairSuppression pair_suppression(double lpm_energy, double energy, double sharing, double z);

}  // namespace showergan::montecarlo
