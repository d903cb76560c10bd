#include "montecarlo/density_effect.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

/// δ → 2 ln(βγ ħω_p/I) − 1, whatever the atoms are like.
TEST(DensityEffect, SaturatesAtFermisPlateau) {
  const Medium alloy =
      make_medium({"alloy", 17.8, {{"W", 0.9299}, {"Ni", 0.0525}, {"Cu", 0.0176}}, 0});
  const Medium air = make_medium({"air", 0.0012, {{"N", 0.754}, {"O", 0.234}, {"Ar", 0.012}}, 0});
  for (const Medium& medium :
       {pure("Al", 2.699), pure("Si", 2.33), pure("Fe", 7.874), pure("Cu", 8.96), pure("W", 19.3),
        pure("Pb", 11.35), pure("Cu", 6.0), pure("C", 0.3), alloy, air}) {
    SCOPED_TRACE(medium.name);
    const double beta_gamma = 1e6;
    const double plateau =
        2 * std::log(beta_gamma * medium.plasma_energy / medium.mean_excitation) - 1;
    EXPECT_NEAR(DensityEffect(medium).correction(beta_gamma), plateau, 0.01);
  }
}

/// A fit begins at its δ₀, 0.08 … 0.14 in the published table, the general expression at 0.
TEST(DensityEffect, IsContinuous) {
  const Medium polyethylene = make_medium({"CH2", 0.94, {{"C", 0.8563}, {"H", 0.1437}}, 0});
  const Medium argon = pure("Ar", 0.00166);
  for (const Medium& medium : {pure("Si", 2.33), pure("C", 2.0), pure("Fe", 7.874), pure("W", 19.3),
                               pure("Pb", 11.35), polyethylene, argon}) {
    SCOPED_TRACE(medium.name);
    const DensityEffect effect(medium);
    double before = effect.correction(0.01);
    EXPECT_LT(before, 1e-3);
    for (double x = -2; x < 6; x += 1e-3) {
      const double now = effect.correction(std::pow(10, x));
      ASSERT_GE(now, before - 0.005) << x;
      ASSERT_LE(now, before + 0.02) << x;
      before = now;
    }
  }
}

TEST(DensityEffect, DependsOnTheDensityByThePlasmaEnergy) {
  const DensityEffect nominal(pure("Si", 2.33));
  const DensityEffect denser(pure("Si", 2.33 * 1.44));
  for (const double beta_gamma : {0.5, 3.0, 30.0, 3000.0}) {
    EXPECT_NEAR(denser.correction(beta_gamma), nominal.correction(1.2 * beta_gamma), 1e-9);
  }
}

TEST(DensityEffect, SetsInLateInGases) {
  const Medium air = make_medium({"air", 0.0012, {{"N", 0.754}, {"O", 0.234}, {"Ar", 0.012}}, 0});
  const DensityEffect effect(air);
  EXPECT_EQ(effect.correction(20), 0);  // x₀ is 1.742 in the fit to air
  EXPECT_GT(effect.correction(200), 1);
}

/// Worked out by hand from the published expressions: x₀ and x₁ for C = 5.338, 5.969 (I above 100
/// eV), 3.335 (below) and 10.599 (a gas).
TEST(DensityEffect, GeneralExpressionsAreThePublishedOnes) {
  const Medium alloy =
      make_medium({"alloy", 17.8, {{"W", 0.9299}, {"Ni", 0.0525}, {"Cu", 0.0176}}, 0});
  EXPECT_NEAR(DensityEffect(alloy).correction(100), 4.0734, 5e-4);
  const Medium solder = make_medium({"solder", 11.35, {{"Pb", 0.8}, {"Sn", 0.2}}, 0});
  EXPECT_NEAR(DensityEffect(solder).correction(10), 0.5160, 5e-4);
  const Medium water = make_medium({"water", 1.0, {{"H", 0.111894}, {"O", 0.888106}}, 0});
  EXPECT_NEAR(DensityEffect(water).correction(10), 1.6841, 5e-4);
  const Medium air = make_medium({"air", 0.0012, {{"N", 0.754}, {"O", 0.234}, {"Ar", 0.012}}, 0});
  EXPECT_NEAR(DensityEffect(air).correction(300), 1.5749, 5e-4);
}

/// The general expressions are some tenths off at most.
TEST(DensityEffect, OfAnAlloyIsLikeThatOfItsMetal) {
  const Medium alloy =
      make_medium({"alloy", 17.8, {{"W", 0.9299}, {"Ni", 0.0525}, {"Cu", 0.0176}}, 0});
  const DensityEffect general(alloy);
  const DensityEffect fitted(pure("W", 17.8));
  for (const double beta_gamma : {0.5, 3.0, 30.0, 300.0, 3000.0}) {
    EXPECT_NEAR(general.correction(beta_gamma), fitted.correction(beta_gamma), 0.4) << beta_gamma;
  }
}

}  // namespace
}  // namespace showergan::montecarlo
