#include "montecarlo/scaled_bremsstrahlung.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "montecarlo/medium.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double millibarn = 1e-25;  // mm²

/// Radiative stopping power, MeV cm²/g.
double radiative_stopping(int z, double energy) {
  const ScaledBremsstrahlung scaled(z, energy);
  constexpr int steps = 4000;
  double integral = 0;
  for (int i = 0; i < steps; ++i) {
    // κ = 1 − x²: more points near the tip.
    const double x = (i + 0.5) / steps;
    integral += 2 * x * scaled(1 - x * x) / steps;
  }
  const double total = energy + electron_mass;
  const double beta2 = energy * (energy + 2 * electron_mass) / (total * total);
  return avogadro / atomic_mass(z) * z * z * energy / beta2 * integral * 1e-2;
}

/// Values of Seltzer and Berger's tables at points of their grid, millibarn.
TEST(ScaledBremsstrahlung, FollowsSeltzerAndBerger) {
  const struct {
    int z;
    double energy, kappa, published;
  } rows[] = {{6, 0.1, 0.1, 10.158},   {6, 1, 0.3, 6.4596},     {6, 10, 0.6, 6.6206},
              {6, 100, 0.9, 7.9984},   {74, 0.1, 0.8, 5.7147},  {74, 1, 0.1, 9.8462},
              {74, 1, 0.5, 5.0906},    {74, 10, 0.05, 10.511},  {74, 10, 0.5, 5.9885},
              {74, 50, 0.7, 6.3606},   {74, 100, 0.3, 8.2994},  {74, 500, 0.95, 6.9029},
              {74, 1000, 0.9, 7.4023}, {74, 1000, 0.2, 9.1621}, {74, 1000, 0.99, 6.1240}};
  for (const auto& row : rows) {
    SCOPED_TRACE(testing::Message() << row.z << ' ' << row.energy << ' ' << row.kappa);
    const double value = ScaledBremsstrahlung(row.z, row.energy)(row.kappa) / millibarn;
    EXPECT_NEAR(value, row.published, 0.02 * row.published);
  }
}

/// Against NIST's ESTAR, MeV cm²/g: liquid water as published (ICRU Report 37), and the integrals
/// of the tables it uses, for elements.
TEST(ScaledBremsstrahlung, RadiatesAsInEstar) {
  const auto water = [](double energy) {
    return 0.111894 * radiative_stopping(1, energy) + 0.888106 * radiative_stopping(8, energy);
  };
  EXPECT_NEAR(water(0.01), 3.898e-3, 0.03 * 3.898e-3);
  EXPECT_NEAR(water(0.1), 4.228e-3, 0.01 * 4.228e-3);
  EXPECT_NEAR(water(1), 1.280e-2, 0.01 * 1.280e-2);
  EXPECT_NEAR(water(10), 0.1832, 0.02 * 0.1832);
  EXPECT_NEAR(water(100), 2.399, 0.02 * 2.399);
  const struct {
    int z;
    double at_0_1, at_1, at_10, at_100, at_1000;
  } rows[] = {{6, 3.397e-3, 1.049e-2, 0.1514, 2.049, 22.71},
              {8, 4.587e-3, 1.372e-2, 0.1933, 2.576, 28.35},
              {14, 8.333e-3, 2.351e-2, 0.3141, 4.088, 44.63},
              {29, 1.699e-2, 4.563e-2, 0.5605, 7.052, 76.29},
              {74, 4.064e-2, 0.1154, 1.127, 13.55, 145.2},
              {82, 4.434e-2, 0.1284, 1.202, 14.39, 153.9}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.z);
    EXPECT_NEAR(radiative_stopping(row.z, 0.1) / row.at_0_1, 1, 0.01);
    EXPECT_NEAR(radiative_stopping(row.z, 1) / row.at_1, 1, 0.01);
    EXPECT_NEAR(radiative_stopping(row.z, 10) / row.at_10, 1, 0.01);
    EXPECT_NEAR(radiative_stopping(row.z, 100) / row.at_100, 1, 0.01);
    EXPECT_NEAR(radiative_stopping(row.z, 1000) / row.at_1000, 1, 0.01);
  }
}

TEST(ScaledBremsstrahlung, IsPositiveEverywhere) {
  for (int z = 1; z <= 92; ++z) {
    for (double energy = 1e-3; energy < 1.1e3; energy *= 1.7) {
      const ScaledBremsstrahlung scaled(z, energy);
      for (double kappa = 0; kappa < 1.005; kappa += 0.01) {
        const double value = scaled(std::min(kappa, 1.0)) / millibarn;
        ASSERT_GT(value, 0.02) << z << ' ' << energy << ' ' << kappa;
        ASSERT_LT(value, 70) << z << ' ' << energy << ' ' << kappa;
      }
    }
  }
  EXPECT_EQ(ScaledBremsstrahlung(14, 1e-5)(0.5), ScaledBremsstrahlung(14, 1e-3)(0.5));
}

TEST(PositronToElectron, IsElwertsRatio) {
  // Tungsten, 1 MeV: β₁ = 0.94108, and after half of the energy β₂ = 0.86286.
  EXPECT_NEAR(positron_to_electron(74, 1, 0.5),
              std::exp(2 * 3.14159265 * 74 / 137.036 * (1 / 0.94108 - 1 / 0.86286)), 1e-4);
  EXPECT_NEAR(positron_to_electron(74, 1000, 10), 1, 1e-6);
  EXPECT_EQ(positron_to_electron(74, 1, 1), 0);
}

}  // namespace
}  // namespace showergan::montecarlo
