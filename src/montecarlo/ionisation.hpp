#pragma once

#include "montecarlo/density_effect.hpp"
#include "montecarlo/interaction.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// Collisions of electrons and positrons with the medium's electrons: a continuous loss in those
/// that transfer less than `cut` (MeV), and single ones, with a delta ray, above it. As in the
/// Geant4 Physics Reference Manual, "Ionization" of electrons and positrons; atomic electrons are
/// free and at rest. Below the mean excitation energy the cut has no meaning and is raised to it.
class Ionisation {
 public:
  Ionisation(const Medium& medium, double cut);

  /// Largest transfer in the continuous loss of a particle with kinetic energy `energy`, MeV: the
  /// cut, or all that is possible. An electron gives at most half: the slower one is the delta ray.
  double largest_continuous_transfer(ParticleKind kind, double energy) const;

  /// Restricted mean loss, MeV/mm, of an electron or positron with kinetic energy `energy` above 0,
  /// MeV (Berger and Seltzer 1964; ICRU Report 37, eqs. 2.11 – 2.13). With τ = T/m, d the largest
  /// transfer over m, y = 1/(γ + 1):
  ///   2π r_e² m n_e / β² [ln(2 (τ + 2) m²/I²) + F − δ],
  ///   F⁻ = −1 − β² + ln((τ − d) d) + τ/(τ − d) + [d²/2 + (2τ + 1) ln(1 − d/τ)]/γ²,
  ///   F⁺ = ln(τ d) − β²/τ [τ + 2d − 3d²y/2 − (d − d³/3) y² − (d²/2 − τd³/3 + d⁴/4) y³].
  /// Below 0.25 √Z keV, where it is not valid, it is continued as Geant4 does.
  double loss(ParticleKind kind, double energy) const;

  /// Macroscopic cross-section of transfers above the cut, 1/mm: Møller's (Ann. Phys. 14 (1932)
  /// 531) of electrons, Bhabha's (Proc. R. Soc. A 154 (1936) 195) of positrons, integrated.
  double cross_section(ParticleKind kind, double energy) const;

  /// Such a collision, by the same cross-sections, differential in x, the fraction of the kinetic
  /// energy transferred. Leaves a particle as it is that cannot transfer more than the cut.
  void interact(const Particle& particle, RandomStream& random, Interaction& interaction) const;

 private:
  double electron_density_;
  double mean_excitation_;
  double lowest_valid_;
  double cut_;
  DensityEffect density_effect_;
};

}  // namespace showergan::montecarlo
