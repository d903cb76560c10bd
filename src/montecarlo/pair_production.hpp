#pragma once

#include <cstddef>
#include <vector>

#include "montecarlo/element_choice.hpp"
#include "montecarlo/interaction.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// Conversion of a photon to an electron and a positron in a medium, from 2 m_e to 1 TeV, as in the
/// Geant4 Physics Reference Manual, "Gamma conversion into an electron-positron pair".
///
/// Energies are shared by Bethe and Heitler's cross-section with screening, with ε the share of one
/// lepton in the total energy E, δ = 136 m_e Z^(−1/3) / (E ε (1 − ε)):
///   dσ/dε = 4 α r_e² Z (Z + η) {[ε² + (1 − ε)²] [φ₁(δ)/4 − ln Z/3 − f]
///                               + ⅔ ε (1 − ε) [φ₂(δ)/4 − ln Z/3 − f]},
/// f(Z) the Coulomb correction and η(Z) = L'_rad/(L_rad − f) what the atom's electrons add, times
/// the suppression of Landau, Pomeranchuk and Migdal (pair_suppression.hpp). As in Geant4, f is
/// left out of the sharing up to 50 MeV, and up to 2 MeV the sharing is uniform. The recoil of the
/// atom is neglected.
class PairProduction {
 public:
  explicit PairProduction(const Medium& medium);

  /// Macroscopic, 1/mm. Below 30 GeV by pair_cross_section_fit(), above by integration of dσ/dε.
  double cross_section(double energy) const;

  void interact(const Particle& photon, RandomStream& random, Interaction& result) const;

 private:
  struct Target {
    double z;
    double density;        ///< atoms per mm³
    double log_cbrt_z;     ///< ln Z/3
    double coulomb;        ///< f(Z)
    double delta_factor;   ///< 136 m_e Z^(−1/3), MeV
    double normalisation;  ///< 4 α r_e² Z (Z + η), mm²
  };

  double cross_section_per_atom(const Target& target, double energy) const;
  double integrated_cross_section(const Target& target, double energy) const;
  double draw_share(const Target& target, double energy, RandomStream& random) const;

  double lpm_energy_;
  std::vector<Target> targets_;
  ElementChoice choice_;
};

/// Per atom, mm²: L. Urban's fit to the tables of Hubbell, Gimm and Øverbø (J. Phys. Chem. Ref.
/// Data 9 (1980) 1023), in the field of nucleus and electrons (GEANT 3 manual, PHYS210; Geant4
/// Physics Reference Manual): with X = ln(E/m_e),
///   σ = Z (Z + 1) [F₁(X) + F₂(X) Z + F₃(X)/Z], Fᵢ polynomials of degree 5,
/// from 1.5 MeV to 100 GeV; from 2 m_e to 1.5 MeV it rises as (E − 2 m_e)². Within 2.6 % of XCOM
/// from 3 MeV for Si, Cu, W and Pb.
double pair_cross_section_fit(double energy, double z);

/// Bethe and Heitler's functions φ₁ and φ₂ of the screening variable, in the approximation of the
/// Geant4 Physics Reference Manual to those of the Thomas-Fermi atom.
struct Screening {
  double phi1;
  double phi2;
};
Screening pair_screening(double delta);

}  // namespace showergan::montecarlo
