#pragma once

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {

/// Migdal's functions of the Landau–Pomeranchuk–Migdal suppression, in the approximations of Stanev
/// et al. (Phys. Rev. D 25 (1982) 1291), as in the Geant4 Physics Reference Manual,
/// "Bremsstrahlung: Landau–Pomeranchuk–Migdal effect". All go to 1 at large s, without suppression.
double lpm_phi(double s);
double lpm_g(double s);

/// α m² / (4π ħc): E_LPM is this times the radiation length, MeV/mm (770 GeV/mm; Klein, Rev. Mod.
/// Phys. 71 (1999) 1501).
inline constexpr double lpm_energy_per_length =
    fine_structure * electron_mass * electron_mass / (4 * pi * h_bar_c);

struct LpmFactors {
  double xi;
  double phi;
  double g;
};

/// ξ(s), φ(s) and G(s) of bremsstrahlung on element `z` for y = k/E and the `ratio` E_LPM/E. `s` is
/// increased by the factor 1 + `dielectric`, with `dielectric` = k_p²/k², where the medium's
/// polarisation shortens the formation length too (Ter-Mikaelian; the manual, the same section).
LpmFactors lpm_factors(int z, double y, double ratio, double dielectric);

}  // namespace showergan::montecarlo
