#pragma once

#include <vector>

#include "montecarlo/interaction.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// Compton scattering in a medium, 1 keV … 1 TeV.
///
/// Energy and angle of the photon are those of Klein and Nishina for an electron at rest. The
/// electron is any of the medium's with equal probability; the binding energy of its shell goes
/// from its kinetic energy to the deposit, and a scattering that gives it less is drawn anew with
/// another electron: as in Geant4's G4KleinNishinaModel, which also smears the energies by the
/// electron's motion in its shell. In tungsten the binding takes 3.6 keV on average.
class Compton {
 public:
  explicit Compton(const Medium& medium);

  /// Macroscopic, 1/mm: compton_cross_section() over the elements.
  double cross_section(double energy) const;

  /// Adds the electron, of 100 eV or more; less is deposited on the spot.
  void interact(const Particle& photon, RandomStream& random, Interaction& result) const;

 private:
  struct Shell {
    double binding;  ///< MeV
    double share;    ///< of the medium's electrons
  };

  double draw_binding(RandomStream& random) const;

  std::vector<MediumElement> elements_;
  std::vector<Shell> shells_;  ///< the bound ones; all other electrons are free
  double bound_share_ = 0;
};

/// Per atom, mm²: the empirical formula of the Geant4 Physics Reference Manual, "Compton scattering
/// by an electron", fitted to data of Hubbell, Gimm and Øverbø (J. Phys. Chem. Ref. Data 9 (1980)
/// 1023) and of Storm and Israel (1970); with x = E/m_e and Pᵢ = Z (dᵢ + eᵢ Z + fᵢ Z²),
///   σ = P₁ ln(1 + 2x)/x + (P₂ + P₃ x + P₄ x²)/(1 + a x + b x² + c x³),
/// continued below 15 keV (hydrogen: 40 keV) by a falling power, because there electrons stay
/// bound. It is within 2 % of XCOM above 30 keV. Klein and Nishina's per free electron is closer
/// above 1 MeV (0.7 % against 1.5 %) but does not know binding: for tungsten it is 17 % too high at
/// 100 keV, 7 % at 200 keV. The formula is also what the Geant4 showers were made with.
double compton_cross_section(double energy, int z);

}  // namespace showergan::montecarlo
