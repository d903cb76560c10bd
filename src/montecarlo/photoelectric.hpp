#pragma once

#include <span>
#include <vector>

#include "montecarlo/biggs_lighthill.hpp"
#include "montecarlo/interaction.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// The photoelectric effect in a medium, 1 keV … 1 TeV; a photon below is taken at 1 keV or at the
/// last edge below it.
///
/// The electron comes from the innermost shell that the photon can ionise, as in Geant4
/// (G4PEEffectFluoModel); its binding energy is deposited on the spot: X-rays and Auger electrons
/// are not followed.
class Photoelectric {
 public:
  explicit Photoelectric(const Medium& medium);

  /// Macroscopic, 1/mm, by the parametrisation of Biggs and Lighthill (biggs_lighthill.hpp).
  /// Off the edges it is within 6 % of XCOM from 8 keV for Si, Cu, W and Pb (3 % from 10 keV to
  /// 1 MeV for W and Pb), within 10 % from 2 keV; for carbon 11 % low between 20 and 200 keV.
  double cross_section(double energy) const;

  void interact(const Particle& photon, RandomStream& random, Interaction& result) const;

 private:
  struct Absorber {
    std::span<const BiggsLighthillInterval> intervals;
    double scale;  ///< from cm²/g to 1/mm

    double cross_section(double kev) const;
  };

  const Absorber& choose(double kev, RandomStream& random) const;

  std::vector<Absorber> absorbers_;
};

/// 1 − cos θ of the photoelectron by Sauter's distribution for the K shell (Ann. Phys. 403 (1931)
/// 454; Gavrila, Phys. Rev. 113 (1959) 514), with γ = 1 + E/m_e, cos θ = μ:
///   dp/dμ ∝ (1 − μ²) / (1 − βμ)⁴ · [1 + ½ γ (γ − 1)(γ − 2)(1 − βμ)].
/// It is drawn as the PENELOPE 2014 manual does (eqs. 2.28-2.31). Sauter's theory neglects binding,
/// so that its electron has all the photon's energy; `energy` is that one, in Geant4 too.
double photoelectron_one_less_cosine(double energy, RandomStream& random);

}  // namespace showergan::montecarlo
