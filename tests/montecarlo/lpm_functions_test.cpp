#include "montecarlo/lpm_functions.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

/// Migdal's definitions (Phys. Rev. 103 (1956) 1811, eqs. 46 and 48): integrated plainly.
double migdal_phi(double s) {
  double integral = 0;
  const double step = 1e-3 / (1 + s);
  for (double x = step / 2; x < 40 / s && x < 4000; x += step) {
    integral += step * std::exp(-s * x) * std::sin(s * x) / std::tanh(x / 2);
  }
  return 12 * s * s * integral - 6 * pi * s * s;
}

double migdal_g(double s) {
  double integral = 0;
  const double step = 1e-3 / (1 + s);
  for (double x = step / 2; x < 80; x += step) {
    integral += step * std::exp(-s * x) * std::sin(s * x) / std::sinh(x / 2);
  }
  return 48 * s * s * (pi / 4 - integral / 2);
}

TEST(LpmFunctions, ApproximateMigdalsIntegrals) {
  for (const double s : {0.02, 0.1, 0.3, 0.41, 0.42, 0.7, 1.0, 1.5}) {
    EXPECT_NEAR(lpm_phi(s), migdal_phi(s), 0.006) << s;
    EXPECT_NEAR(lpm_g(s), migdal_g(s), 0.012) << s;
  }
  EXPECT_NEAR(lpm_phi(0.005), migdal_phi(0.005), 1e-4);
  EXPECT_NEAR(lpm_phi(1e-6), 6e-6, 1e-9);
  EXPECT_NEAR(lpm_g(1e-4), 12 * pi * 1e-8, 1e-12);
  EXPECT_NEAR(lpm_phi(10), 1, 1e-5);
  EXPECT_NEAR(lpm_g(10), 1, 1e-5);
}

TEST(LpmFunctions, PiecesMeet) {
  for (const double s : {0.01, 0.415827, 1.55, 1.9156}) {
    EXPECT_NEAR(lpm_phi(s * (1 - 1e-9)), lpm_phi(s * (1 + 1e-9)), 2e-3) << s;
    EXPECT_NEAR(lpm_g(s * (1 - 1e-9)), lpm_g(s * (1 + 1e-9)), 3e-3) << s;
  }
}

TEST(LpmFunctions, TheEnergyIsKleins) {
  // Table II, TeV: lead 4.3, uranium 2.5.
  EXPECT_NEAR(lpm_energy(1), 770e3, 2e3) << "7.7 TeV/cm (Klein 1999, eq. 18)";
  EXPECT_NEAR(lpm_energy(5.6) / 1e6, 4.3, 0.05);
  EXPECT_NEAR(lpm_energy(3.2) / 1e6, 2.5, 0.05);
}

TEST(LpmFunctions, SuppressionNeverEnhances) {
  for (const int z : {4, 14, 74, 92}) {
    for (double y = 1e-7; y < 1; y *= 1.3) {
      for (const double ratio : {0.01, 1.0, 30.0, 1e4}) {
        const LpmFactors f = lpm_factors(z, y, ratio, 1e-9 / (y * y));
        ASSERT_LE(f.xi * f.phi, 1 + 1e-12) << z << ' ' << y << ' ' << ratio;
        ASSERT_GT(f.xi * f.phi, 0);
        ASSERT_GE(f.xi, 1);
        ASSERT_LE(f.xi, 2);
      }
    }
  }
}

}  // namespace
}  // namespace showergan::montecarlo
