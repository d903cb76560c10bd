#include "montecarlo/pair_suppression.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

TEST(PairSuppression, NeverEnhances) {
  for (double energy = 1e3; energy < 1e12; energy *= 1.7) {
    const LpmFactors by = pair_suppression(2.7e6, energy, 0.25, 74);
    EXPECT_LE(by.xi * by.phi, 1 + 1e-12) << energy;
    EXPECT_LE(by.xi * by.g, 1 + 1e-12) << energy;
    EXPECT_GE(by.xi * by.phi, 0);
  }
}

TEST(PairSuppression, GoesWithTheRootOfTheEnergyAtLast) {
  const LpmFactors by = pair_suppression(2.7e6, 1e14, 0.25, 74);
  const double s = std::sqrt(2.7e6 / (2 * 1e14)) / std::sqrt(2.0);
  EXPECT_NEAR(by.xi * by.phi, 12 * s, 0.05 * 12 * s);
}

}  // namespace
}  // namespace showergan::montecarlo
