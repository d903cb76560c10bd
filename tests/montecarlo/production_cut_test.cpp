#include "montecarlo/production_cut.hpp"

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

/// keV, at a range cut of 0.7 mm, as Geant4 11 prints them (HepEmShow's documentation, "Example").
TEST(ProductionCut, IsThatOfGeant4) {
  const Medium silicon = pure("Si", 2.33);
  EXPECT_NEAR(photon_cut(silicon, 0.7), 5.85422e-3, 2e-6);
  EXPECT_NEAR(electron_cut(silicon, 0.7), 423.34e-3, 1e-4);
  const Medium argon = pure("Ar", 1.396);
  EXPECT_NEAR(photon_cut(argon, 0.7), 5.20429e-3, 2e-6);
  EXPECT_NEAR(electron_cut(argon, 0.7), 273.968e-3, 1e-4);
}

/// In lead, as the examples of earlier versions printed them: those found a range to 1 % only.
TEST(ProductionCut, IsNearThatOfEarlierGeant4) {
  const Medium lead = pure("Pb", 11.35);
  EXPECT_NEAR(electron_cut(lead, 0.7), 1.00386, 0.01);
  EXPECT_NEAR(photon_cut(lead, 1.0), 0.101843, 0.001);
  EXPECT_NEAR(electron_cut(lead, 1.0), 1.36749, 0.014);
}

TEST(ProductionCut, HasABottomAndATop) {
  const Medium air = make_medium({"air", 0.0012, {{"N", 0.754}, {"O", 0.234}, {"Ar", 0.012}}, 0});
  EXPECT_EQ(electron_cut(air, 0.1), 0.99e-3);
  EXPECT_EQ(photon_cut(air, 0.1), 0.99e-3);
  EXPECT_EQ(electron_cut(air, 1e9), 1e4);
  EXPECT_EQ(photon_cut(air, 1e9), 1e4);
}

TEST(ProductionCut, GrowsWithTheRange) {
  const Medium tungsten = pure("W", 19.3);
  for (const auto cut : {electron_cut, photon_cut}) {
    double before = 0;
    for (double range = 0.001; range < 2; range *= 1.3) {
      const double now = cut(tungsten, range);
      EXPECT_GE(now, before) << range;
      before = now;
    }
    EXPECT_GT(before, 0.1);
  }
}

}  // namespace
}  // namespace showergan::montecarlo
