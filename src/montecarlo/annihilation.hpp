#pragma once

#include "montecarlo/interaction.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// Annihilation of positrons with electrons, free and at rest, into two photons (Heitler, The
/// Quantum Theory of Radiation, 1954, §27; Geant4 Physics Reference Manual, "Positron - Electron
/// Annihilation").
class Annihilation {
 public:
  explicit Annihilation(const Medium& medium) : electron_density_(medium.electron_density) {}

  /// In flight, macroscopic, 1/mm, at the kinetic energy `energy`, MeV (below 1 eV that at 1 eV):
  /// π r_e² n_e / (γ + 1) {(γ² + 4γ + 1)/(γ² − 1) ln[γ + √(γ² − 1)] − (γ + 3)/√(γ² − 1)}.
  double cross_section(double energy) const;

  /// In flight. With ε the first photon's fraction of T + 2m,
  /// dσ/dε ~ [1 + 2γ/(γ + 1)² − ε − 1/(ε (γ + 1)²)]/ε.
  void interact(const Particle& positron, RandomStream& random, Interaction& interaction) const;

  /// Of a positron that has stopped: two photons of energy m, back to back. What kinetic energy it
  /// has left is deposited.
  static void at_rest(const Particle& positron, RandomStream& random, Interaction& interaction);

 private:
  double electron_density_;
};

}  // namespace showergan::montecarlo
