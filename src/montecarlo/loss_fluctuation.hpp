#pragma once

#include "montecarlo/medium.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// Fluctuations of the continuous collision loss of electrons and positrons in a step (Urbán's
/// model: Lassila-Perini and Urbán, Nucl. Instrum. Methods A 362 (1995) 416; Geant4 Physics
/// Reference Manual, "Energy loss fluctuations", in the form of G4UniversalFluctuation since Geant4
/// 11). Of the mean loss, 44 % goes into excitations of one energy and 56 % into ionisations, whose
/// energies have the spectrum 1/E² from 10 eV to the largest transfer. Their numbers are Poisson's.
/// Where there are many, all excitations and the softest ionisations are summed up: here in one
/// normal distribution, there in one for each, and of a fixed number of ionisations. Kinetic energy
/// and length of the step enter by the mean loss and the largest transfer alone: the normal
/// distribution of the whole loss in a thick absorber is for heavier particles only.
class LossFluctuation {
 public:
  explicit LossFluctuation(const Medium& medium) : mean_excitation_(medium.mean_excitation) {}

  /// Loss in a step, MeV, whose mean is `mean_loss`. `largest_transfer`, MeV, is the largest one in
  /// the continuous loss (Ionisation::largest_continuous_transfer). The loss may exceed the kinetic
  /// energy.
  double sample(double mean_loss, double largest_transfer, RandomStream& random) const;

 private:
  double mean_excitation_;
};

}  // namespace showergan::montecarlo
