#pragma once

#include <array>

namespace showergan::montecarlo {

/// The scaled bremsstrahlung cross-section χ = (β²/Z²) k dσ/dk of electrons of one kinetic energy
/// on one element, mm², as a function of κ = k/T. It follows the tables of Seltzer and Berger (At.
/// Data Nucl. Data Tables 35 (1986) 345), on which Geant4 and NIST's ESTAR rest, from 1 keV to 1
/// GeV (energies outside are as at the ends).
/// Its deviation above 100 keV, for 6 ≤ Z ≤ 82 and κ < 0.98, is 0.3 … 0.8 % (root mean square;
/// largest 2.5 %), and of the radiative stopping power at most 1.1 % (carbon; from silicon on 0.5
/// %); below 100 keV 1.4 % (largest 6 %).
///
/// χ = 4 α r_e² [1 + r² − 2r/3] Λ F (1 + 1.2 β₁²β₂²/Z) exp(Σ c P_i(ln T) Q_j(κ) R_l(Z^⅓)), with
/// - r = E₂/E₁, the total energies before and after, and β₁, β₂ the velocities: Bethe and Heitler's
///   shape for small angles (Koch and Motz, Rev. Mod. Phys. 31 (1959) 920, formula 3BN(a)
///   screened);
/// - Λ = ½ ln[(1 + s² + (c − 1) q²) / (c q² + s²)], which goes from the logarithm of Bethe and
///   Heitler, −ln q with q = m k / (E₁E₂ + p₁p₂ − m²), less ½ at high energies (c = exp β₁²β₂²), to
///   complete screening, −ln s with s = Z^⅓/184.15 (Tsai, Rev. Mod. Phys. 46 (1974) 815);
/// - Elwert's factor F = β₁ (1 − exp(−2παZ/β₁)) / [β₂ (1 − exp(−2παZ/β₂))] (Ann. Physik 34 (1939)
///   178), without which the cross-section vanishes at the tip;
/// - a correction fitted by bench/fit_bremsstrahlung.py, which defines P, Q and R.
class ScaledBremsstrahlung {
 public:
  /// `z` 1 … 92, `energy` kinetic, MeV.
  ScaledBremsstrahlung(int z, double energy);

  double operator()(double kappa) const;

 private:
  double analytic(double kappa) const;

  double z_;
  double energy_;
  /// The correction's coefficients of Q_j, summed over energies and elements.
  std::array<double, 11> correction_{};
};

/// Bremsstrahlung of positrons as a fraction of electrons' at the same k, exp[2παZ (1/β₁ − 1/β₂)],
/// β₁ and β₂ the velocities before and after (Geant4 Physics Reference Manual, "Bremsstrahlung",
/// Seltzer–Berger model; the ratio of the two kinds' densities at the nucleus in Elwert's
/// approximation). Energies are kinetic, MeV. In heavy elements at 1 … 10 MeV it leaves positrons
/// more than the ratio of radiative stopping powers by Kim et al. (Phys. Rev. A 33 (1986) 3002)
/// does: in tungsten at 1 MeV 75 % instead of 52 %. Geant4 is what is followed here.
double positron_to_electron(int z, double energy, double photon_energy);

}  // namespace showergan::montecarlo
