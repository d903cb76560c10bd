#pragma once

#include <string>
#include <vector>

#include "shower/detector.hpp"

namespace showergan::montecarlo {

/// One element of a medium.
struct MediumElement {
  int z;           ///< protons
  double mass;     ///< g/mol
  double density;  ///< atoms per mm³
};

/// A material with what the processes need of it.
struct Medium {
  std::string name;
  double density = 0;  ///< g/cm³
  std::vector<MediumElement> elements;
  double electron_density = 0;  ///< electrons per mm³
  double mean_excitation = 0;   ///< MeV; Bragg's additivity over the elements' values
  double plasma_energy = 0;     ///< MeV; ħω_p = √(4π n_e r_e) ħc
  double radiation_length = 0;  ///< mm; by Tsai's formula (radiation_length())
};

/// Elements from hydrogen to uranium. Throws InputError for another one.
Medium make_medium(const Material& material);

/// Relative atomic mass (IUPAC 2013, conventional values). `z` 1 … 92.
double atomic_mass(int z);

/// Mean excitation energy of the element, MeV (ICRU Report 37, 1984, as condensed matter where it
/// is that; gases as gases). `z` 1 … 92.
double mean_excitation_energy(int z);

/// Coulomb correction f(Z) of bremsstrahlung and pair production (Davies, Bethe and Maximon,
/// Phys. Rev. 93 (1954) 788), with a² = (αZ)²:
/// f = a² [1/(1 + a²) + 0.20206 − 0.0369 a² + 0.0083 a⁴ − 0.002 a⁶].
double coulomb_correction(double z);

/// Tsai's L_rad and L'_rad (Rev. Mod. Phys. 46 (1974) 815, table B.2; also PDG review "Passage of
/// particles through matter"), the logarithms of elastic and inelastic screening.
struct RadiationLogarithms {
  double elastic;
  double inelastic;
};
RadiationLogarithms radiation_logarithms(int z);

/// mm; 1/X₀ = 4 α r_e² Σ n_i {Z² [L_rad − f(Z)] + Z L'_rad} (the same sources).
double radiation_length(const std::vector<MediumElement>& elements);

}  // namespace showergan::montecarlo
