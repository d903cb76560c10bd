#pragma once

#include <cstddef>

#include "montecarlo/octave_table.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/settings.hpp"

namespace showergan::montecarlo {

class Annihilation;
class Bremsstrahlung;
class Ionisation;
class MultipleScattering;

/// What the steps of electrons, or of positrons, in a medium need at every energy.
class ElectronTables {
 public:
  enum Column : std::size_t {
    loss,           ///< continuous, MeV/mm
    range,          ///< by the continuous loss, mm
    transport,      ///< λ₁, mm
    cross_section,  ///< of all discrete processes, 1/mm
    step_largest,   ///< the largest one in a step that begins here, 1/mm
    delta_rays,     ///< 1/mm
    radiation,      ///< 1/mm; what is left is annihilation
    columns
  };
  using Table = OctaveTable<columns>;

  ElectronTables(ParticleKind kind, const Ionisation& ionisation,
                 const Bremsstrahlung& bremsstrahlung, const Annihilation& annihilation,
                 const MultipleScattering& scattering, const Settings& settings);

  Table::Place place(double energy) const { return table_.place(energy); }
  double at(const Table::Place& place, Column column) const { return table_.at(place, column); }

  /// The discrete processes' cross-section is not larger than this in a step that begins here,
  /// 1/mm.
  double bound(const Table::Place& place) const { return table_.largest(place, step_largest); }

  /// Longest step by the continuous loss, mm: with the range R, ρ the part of it and r the final
  /// range of Settings, ρR + r (1 − ρ)(2 − r/R), or R up to r (Geant4 Physics Reference Manual,
  /// "Step limitation").
  double step_limit(double range) const;

  /// The kinetic energy of which `range` is left, MeV.
  double energy_of_range(double range) const { return energy_(range); }

  /// Mean continuous loss in `path` mm, MeV; all of `energy` where the range ends.
  double mean_loss(const Table::Place& place, double energy, double path) const;

 private:
  double part_of_range_;
  double final_range_;
  Table table_;
  OctaveTable<> energy_;  ///< kinetic energy of which a range is left
};

}  // namespace showergan::montecarlo
