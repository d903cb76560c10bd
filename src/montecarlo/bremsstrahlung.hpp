#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "montecarlo/interaction.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/random_stream.hpp"
#include "montecarlo/relativistic_bremsstrahlung.hpp"

namespace showergan::montecarlo {

/// Bremsstrahlung of electrons and positrons from 1 keV to 1 TeV, as Geant4's standard physics has
/// it: Seltzer and Berger's cross-sections below 1 GeV of kinetic energy
/// (scaled_bremsstrahlung.hpp, with the factor for positrons), the relativistic model above, both
/// times the dielectric suppression k²/(k² + k_p²), k_p = E ħω_p/m. Loss and cross-section of the
/// upper model are multiplied by 1 + c · 1 GeV/T, so that they join those of the lower one.
///
/// Elements are summed up before anything is sampled: no outcome depends on which atom radiated.
class Bremsstrahlung {
 public:
  /// Photons below `photon_cut`, MeV, are a continuous loss, those above are produced.
  Bremsstrahlung(const Medium& medium, double photon_cut);

  /// Mean energy that goes to photons below the cut, MeV/mm, at a kinetic energy in MeV.
  double loss(ParticleKind kind, double energy) const;

  /// Of emitting a photon above the cut, 1/mm; 0 if the energy does not suffice.
  double cross_section(ParticleKind kind, double energy) const;

  /// Emits a photon above the cut, of which the electron or positron must have more, in a
  /// tsai_direction(). Momentum is kept as in Geant4: the particle goes on along p − k.
  void interact(const Particle& particle, RandomStream& random, Interaction& out) const;

  /// k dσ/dk, macroscopic, 1/mm, dielectric suppression included: what loss(), cross_section() and
  /// interact() are made of.
  double differential(ParticleKind kind, double energy, double photon_energy) const;

 private:
  /// χ/β² summed over the elements, below 1 GeV, of one kind: rows of energies, columns of κ.
  struct ScaledTable {
    std::vector<double> values;
    double operator()(double energy, double kappa) const;
  };

  /// What part of the photons drawn evenly in ln(k² + k_p²) is kept, by energy (rows), and by the
  /// place between the electron's energy and the cut.
  struct AcceptanceTable {
    std::size_t intervals = 0;
    double log_lowest = 0;
    double rows_per_log = 0;
    std::size_t rows = 0;
    std::vector<float> values;
  };

  struct Kind {
    ScaledTable scaled;
    AcceptanceTable acceptance;  // below 1 GeV
    double loss_joint = 0;
    double cross_section_joint = 0;
  };

  const Kind& of(ParticleKind kind) const { return kinds_[kind == ParticleKind::positron]; }
  ScaledTable scaled_table(const Medium& medium, ParticleKind kind) const;
  AcceptanceTable acceptance_table(const Kind& kind, bool high) const;
  void add_row(AcceptanceTable& table, const Kind& kind, double energy, bool high) const;
  double without_suppression(const Kind& kind, double energy, double photon_energy,
                             bool high) const;
  double loss_by(const Kind& kind, double energy, bool high) const;
  double cross_section_by(const Kind& kind, double energy, bool high) const;
  double sample_photon_energy(const Kind& kind, double energy, RandomStream& random) const;

  double cut_;
  double plasma_ratio2_;
  RelativisticBremsstrahlung relativistic_;
  std::array<Kind, 2> kinds_;  // electron, positron
  AcceptanceTable relativistic_acceptance_;
};

}  // namespace showergan::montecarlo
