#include "montecarlo/relativistic_bremsstrahlung.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "montecarlo/lpm_functions.hpp"

namespace showergan::montecarlo {
namespace {

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

/// ∫ k dσ/dk dk / E.
double energy_share(const RelativisticBremsstrahlung& model, double energy) {
  constexpr int steps = 2000;
  double sum = 0;
  for (int i = 0; i < steps; ++i) sum += model(energy, energy * (i + 0.5) / steps) / steps;
  return sum;
}

/// At complete screening the loss is E/X₀, and a little more: 1/X₀ holds the logarithms only, to
/// which (1 + 1/Z)/18 is to be added (Rossi, High-Energy Particles, 1952; Tsai 1974).
TEST(RelativisticBremsstrahlung, LosesTheEnergyInARadiationLength) {
  for (const char* symbol : {"C", "Si", "Fe", "W", "Pb"}) {
    SCOPED_TRACE(symbol);
    const Medium thin = pure(symbol, 1e-5);
    const double z = thin.elements[0].z;
    const RadiationLogarithms logarithms = radiation_logarithms(thin.elements[0].z);
    const double sum = logarithms.elastic - coulomb_correction(z) + logarithms.inelastic / z;
    const double expected = (1 + (1 + 1 / z) / 18 / sum) / thin.radiation_length;
    EXPECT_NEAR(energy_share(RelativisticBremsstrahlung(thin), 1e6) / expected, 1, 0.005);
  }
}

/// The two forms join where the LPM effect sets in.
TEST(RelativisticBremsstrahlung, ScreeningIsNearlyCompleteAtTheThreshold) {
  const Medium silicon = pure("Si", 2.329);
  const RelativisticBremsstrahlung model(silicon);
  const double threshold =
      lpm_energy(silicon.radiation_length) * silicon.plasma_energy / electron_mass;
  EXPECT_NEAR(threshold, 4370, 30);
  for (const double y : {0.03, 0.1, 0.5, 0.9}) {
    const double below = model(0.999 * threshold, 0.999 * threshold * y);
    const double above = model(1.001 * threshold, 1.001 * threshold * y);
    EXPECT_NEAR(above / below, 1, 0.02) << y;
  }
}

/// Photons of k < E²/E_LPM are suppressed, and well below it as √(k E_LPM/E²) (Klein, Rev. Mod.
/// Phys. 71 (1999) 1501, eqs. 17 and 20). Tungsten: E_LPM = 2.7 TeV, so 3.7 GeV at 100 GeV. SLAC
/// E-146 (Phys. Rev. D 56 (1997) 1373) saw it at 25 GeV below E²/E_LPM = 240 MeV.
TEST(RelativisticBremsstrahlung, IsSuppressedAsLandauPomeranchukAndMigdalSay) {
  const RelativisticBremsstrahlung dense(pure("W", 19.3));
  const RelativisticBremsstrahlung thin(pure("W", 1e-6));
  const auto suppression = [&](double energy, double k) {
    return dense(energy, k) / thin(energy, k) * 1e-6 / 19.3;
  };
  EXPECT_NEAR(suppression(1e5, 40e3), 1, 0.01);
  EXPECT_GT(suppression(1e5, 3700), 0.9);
  EXPECT_LT(suppression(1e5, 3700), 0.98);
  EXPECT_NEAR(suppression(1e5, 370), 0.59, 0.03);
  // √4, less what logarithms and the next order take off.
  EXPECT_GT(suppression(1e6, 4e3) / suppression(1e6, 1e3), 1.6);
  EXPECT_LT(suppression(1e6, 4e3) / suppression(1e6, 1e3), 2);
  EXPECT_NEAR(suppression(25e3, 2500), 1, 0.01);
  EXPECT_NEAR(suppression(25e3, 24), 0.60, 0.03) << "a tenth of 240 MeV, as above";
}

}  // namespace
}  // namespace showergan::montecarlo
