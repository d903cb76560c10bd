#pragma once

#include <vector>

#include "montecarlo/medium.hpp"

namespace showergan::montecarlo {

/// Bremsstrahlung at high energies (from 1 GeV), for electrons and positrons alike: Bethe and
/// Heitler's cross-section with Tsai's screening and the Coulomb correction, as in the Geant4
/// Physics Reference Manual, "Bremsstrahlung: relativistic model". The medium's polarisation
/// (dielectric suppression) is left to the caller but for its part in the LPM effect.
class RelativisticBremsstrahlung {
 public:
  explicit RelativisticBremsstrahlung(const Medium& medium);

  /// k dσ/dk, macroscopic, 1/mm, for the total energy E and the photon energy k, both in MeV.
  ///
  /// Per atom 16/3 α r_e² Z² times, with y = k/E,
  /// - where the LPM effect shows, E > E_LPM ħω_p/m (below, dielectric suppression hides it), or
  /// with
  ///   hydrogen to beryllium: complete screening,
  ///   ξ [y² G/4 + (1 − y + y²/2) φ] (L_rad − f + L'_rad/Z) + (1 − y)(1 + 1/Z)/12, suppressed by
  ///   Migdal's ξ, G and φ (lpm_functions.hpp; 1 below that energy);
  /// - otherwise Tsai's screening functions of Thomas and Fermi's atom (Rev. Mod. Phys. 46 (1974)
  ///   815, eqs. 3.38–3.41): (1 − y + ¾y²) [φ₁/4 − ln Z/3 − f + (ψ₁/4 − 2 ln Z/3)/Z]
  ///   + (1 − y) [φ₁ − φ₂ + (ψ₁ − ψ₂)/Z] / 8.
  double operator()(double total_energy, double photon_energy) const;

 private:
  struct Element {
    int z;
    double scale;     // 16/3 α r_e² Z² n, 1/mm
    double complete;  // L_rad − f + L'_rad/Z
  };

  std::vector<Element> elements_;
  double plasma_ratio2_;  // (ħω_p/m)²: k_p² is this times E²
  double lpm_energy_;     // MeV
  double lpm_threshold_;  // MeV
};

}  // namespace showergan::montecarlo
