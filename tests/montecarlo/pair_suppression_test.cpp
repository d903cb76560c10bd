#include "montecarlo/pair_suppression.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "sampled_distribution.hpp"

namespace showergan::montecarlo {
namespace {

/// Migdal's definitions:
/// φ(s) = 12 s² ∫ coth(x/2) e^(−sx) sin(sx) dx − 6π s²,
/// G(s) = 48 s² (π/4 − ½ ∫ e^(−sx) sin(sx) / sinh(x/2) dx), from 0 to infinity.
double exact_phi(double s) {
  const auto part = [s](double x) {
    return x == 0 ? 2 * s : std::exp(-s * x) * std::sin(s * x) / std::tanh(x / 2);
  };
  double sum = 0;
  for (int i = 0; i < 40; ++i) sum += integral(part, i / s, (i + 1) / s);
  return 12 * s * s * sum - 6 * pi * s * s;
}

double exact_g(double s) {
  const auto part = [s](double x) {
    return x == 0 ? 2 * s : std::exp(-s * x) * std::sin(s * x) / std::sinh(x / 2);
  };
  double sum = 0;
  for (int i = 0; i < 80; ++i) sum += integral(part, i, i + 1);
  return 48 * s * s * (pi / 4 - sum / 2);
}

TEST(PairSuppression, FunctionsAreMigdalsIntegrals) {
  for (const double s : {0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.43, 0.7, 1.0, 1.5, 1.6, 1.9, 1.95}) {
    const PairSuppression functions = migdal_functions(s);
    EXPECT_NEAR(functions.phi, exact_phi(s), 0.004 * exact_phi(s)) << s;
    // At the smallest s the two leading terms are left.
    EXPECT_NEAR(functions.g, exact_g(s), (s < 0.01 ? 0.035 : 0.02) * exact_g(s)) << s;
  }
}

/// E_LPM of Klein, Rev. Mod. Phys. 71 (1999) 1501, table II, TeV: lead 4.3, uranium 2.5.
TEST(PairSuppression, EnergyIsThePublishedOne) {
  EXPECT_NEAR(lpm_energy(5.6) / 1e6, 4.3, 0.05);
  EXPECT_NEAR(lpm_energy(3.2) / 1e6, 2.5, 0.05);
}

TEST(PairSuppression, NeverEnhances) {
  for (double energy = 1e3; energy < 1e12; energy *= 1.7) {
    const PairSuppression by = pair_suppression(2.7e6, energy, 0.25, 74);
    EXPECT_LE(by.xi * by.phi, 1 + 1e-12) << energy;
    EXPECT_LE(by.xi * by.g, 1 + 1e-12) << energy;
    EXPECT_GE(by.xi * by.phi, 0);
  }
}

TEST(PairSuppression, GoesWithTheRootOfTheEnergyAtLast) {
  const PairSuppression by = pair_suppression(2.7e6, 1e14, 0.25, 74);
  const double s = std::sqrt(2.7e6 / (2 * 1e14)) / std::sqrt(2.0);
  EXPECT_NEAR(by.xi * by.phi, 12 * s, 0.05 * 12 * s);
}

}  // namespace
}  // namespace showergan::montecarlo
