#pragma once

#include "montecarlo/particle.hpp"

namespace showergan::montecarlo {

/// First moment of elastic scattering off an atom, mm²: σ₁ = ∫ (1 − cos θ) dσ. `energy` in MeV,
/// from 1 keV (below, as at 1 keV, but for the plain dependence on the velocity); `z` 1 … 92.
///
/// Up to 10 MeV it is that of a screened Rutherford cross-section,
///   σ₁ = 2π r_e² Z² [ln(1 + 2ε) − 2ε/(1 + 2ε)] / (β γβ)²,   ε = 2 (γβ)² / (α² Z^⅔),
/// over a correction to partial-wave calculations (D. Liljequist, M. Ismail, F. Salvat, R. Mayol
/// and J. D. Martinez, J. Appl. Phys. 62 (1987) 342 and 68 (1990) 3061), for electrons and
/// positrons. Above 10 MeV it goes with 1/p² and a linear function of β², the same for both
/// charges, as in Geant4's Urban model (Geant4 Physics Reference Manual, "Multiple scattering"); so
/// is the increase by 0.30 / (1 + √(T/keV)) that Geant4 11 applies.
double transport_cross_section(ParticleKind kind, double energy, int z);

}  // namespace showergan::montecarlo
