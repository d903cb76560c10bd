#pragma once

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {

/// Migdal's functions of the Landau–Pomeranchuk–Migdal suppression, in the approximations of Stanev
/// et al. (Phys. Rev. D 25 (1982) 1291; Migdal: Phys. Rev. 103 (1956) 1811), as in the Geant4
/// Physics Reference Manual, "Bremsstrahlung: Landau–Pomeranchuk–Migdal effect". All go to 1 at
/// large s, without suppression.
double lpm_phi(double s);
double lpm_g(double s);

/// E_LPM = α m² X₀ / (4π ħc), MeV: 770 GeV per mm of X₀ (Klein, Rev. Mod. Phys. 71 (1999) 1501).
/// `radiation_length` in mm.
constexpr double lpm_energy(double radiation_length) {
  return fine_structure * electron_mass * electron_mass / (4 * pi * h_bar_c) * radiation_length;
}

/// Without suppression as they stand.
struct LpmFactors {
  double xi = 1;
  double phi = 1;
  double g = 1;
};

/// ξ(s), φ(s) and G(s) of bremsstrahlung on element `z` for y = k/E and the `ratio` E_LPM/E. `s` is
/// increased by the factor 1 + `dielectric`, with `dielectric` = k_p²/k², where the medium's
/// polarisation shortens the formation length too (Ter-Mikaelian; the manual, the same section).
LpmFactors lpm_factors(int z, double y, double ratio, double dielectric);

}  // namespace showergan::montecarlo
