#include "montecarlo/annihilation.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr ParticleKind positron = ParticleKind::positron;

Medium tungsten() {
  return make_medium({"W", 19.3, {{"W", 1.0}}, 0});
}

double electron_cross_section(double energy) {
  const Medium medium = tungsten();
  return Annihilation(medium).cross_section(energy) / medium.electron_density;
}

/// Heitler's, up to its factor π r_e²/(γ − 1).
double differential(double gamma, double fraction) {
  const double inverse2 = 1 / ((gamma + 1) * (gamma + 1));
  return (1 + 2 * gamma * inverse2 - fraction - inverse2 / fraction) / fraction;
}

double integral(double gamma, double low, double high) {
  constexpr int steps = 2000;
  const double width = std::log(high / low) / steps;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double fraction = low * std::exp(i * width);
    sum += (i == 0 || i == steps ? 1
            : i % 2 == 1         ? 4
                                 : 2) *
           fraction * differential(gamma, fraction);
  }
  return sum * width / 3;
}

double lowest_fraction(double gamma) {
  return 1 / (gamma + 1 + std::sqrt(gamma * gamma - 1));
}

/// π r_e²/β at rest (Dirac) and π r_e²/γ (ln 2γ − 1) at the highest energies.
TEST(Annihilation, CrossSectionHasItsLimits) {
  const double unit = pi * electron_radius * electron_radius;
  for (const double energy : {1e-6, 1e-5, 1e-4}) {
    const double beta = std::sqrt(2 * energy / electron_mass);
    EXPECT_NEAR(electron_cross_section(energy), unit / beta, 0.001 * unit / beta) << energy;
  }
  const double gamma = 1e6 / electron_mass;
  const double high = unit / gamma * (std::log(2 * gamma) - 1);
  EXPECT_NEAR(electron_cross_section(1e6), high, 1e-4 * high);
  EXPECT_DOUBLE_EQ(electron_cross_section(0), electron_cross_section(1e-6));
}

TEST(Annihilation, CrossSectionIsTheIntegralOfTheDifferentialOne) {
  for (const double energy : {0.001, 0.1, 1.0, 50.0, 1e5}) {
    const double gamma = 1 + energy / electron_mass;
    const double low = lowest_fraction(gamma);
    const double expected =
        pi * electron_radius * electron_radius / (gamma - 1) * integral(gamma, low, 1 - low);
    EXPECT_NEAR(electron_cross_section(energy), expected, 1e-5 * expected) << energy;
  }
}

TEST(Annihilation, PhotonEnergiesHaveTheDifferentialCrossSection) {
  constexpr int bins = 30;
  constexpr int count = 200000;
  const Annihilation annihilation(tungsten());
  for (const double energy : {0.001, 0.5, 20.0, 1e6}) {
    const double gamma = 1 + energy / electron_mass;
    const double low = lowest_fraction(gamma);
    std::vector<double> edges;
    for (int i = 0; i <= bins; ++i) {
      edges.push_back(low * std::pow((1 - low) / low, static_cast<double>(i) / bins));
    }
    std::vector<double> observed(bins);
    RandomStream random(3, 5);
    for (int i = 0; i < count; ++i) {
      Interaction result;
      annihilation.interact({positron, energy, {}, {0, 0, 1}}, random, result);
      const double fraction = result.secondaries[0].energy / (energy + 2 * electron_mass);
      const auto bin =
          std::upper_bound(edges.begin() + 1, edges.end() - 1, fraction) - edges.begin();
      observed[static_cast<std::size_t>(bin) - 1] += 1;
    }
    const double total = integral(gamma, low, 1 - low);
    double sum = 0;
    for (std::size_t i = 0; i < bins; ++i) {
      const double expected = count * integral(gamma, edges[i], edges[i + 1]) / total;
      sum += std::pow(observed[i] - expected, 2) / expected;
    }
    EXPECT_LT(sum, 65) << energy;  // 29 ± 8
  }
}

TEST(Annihilation, ConservesEnergyAndMomentum) {
  const Annihilation annihilation(tungsten());
  RandomStream random(4, 6);
  const Vector3 direction = normalized({-0.2, 0.9, -0.4});
  const Vector3 position = {4, 5, 6};
  for (const double energy : {1e-6, 1e-3, 0.1, 10.0, 1e6}) {
    SCOPED_TRACE(energy);
    const double momentum = std::sqrt(energy * (energy + 2 * electron_mass));
    for (int i = 0; i < 2000; ++i) {
      Interaction result;
      annihilation.interact({positron, energy, position, direction}, random, result);
      ASSERT_TRUE(result.gone);
      ASSERT_EQ(result.count, 2U);
      const Particle& a = result.secondaries[0];
      const Particle& b = result.secondaries[1];
      EXPECT_EQ(a.kind, ParticleKind::photon);
      EXPECT_EQ(b.kind, ParticleKind::photon);
      EXPECT_EQ(a.position, position);
      EXPECT_NEAR(a.energy + b.energy + result.deposit, energy + 2 * electron_mass,
                  1e-12 * (energy + 1));
      const Vector3 missing =
          momentum * direction - a.energy * a.direction - b.energy * b.direction;
      EXPECT_LT(std::sqrt(dot(missing, missing)), 1e-8 * (energy + electron_mass));
    }
  }
}

TEST(Annihilation, AtRestTwoPhotonsLeaveBackToBackInAllDirections) {
  RandomStream random(8, 8);
  Vector3 sum;
  double squares = 0;
  constexpr int count = 20000;
  for (int i = 0; i < count; ++i) {
    Interaction result;
    Annihilation::at_rest({positron, 0.0004, {1, 0, 0}, {0, 0, 1}}, random, result);
    ASSERT_TRUE(result.gone);
    ASSERT_EQ(result.count, 2U);
    EXPECT_EQ(result.deposit, 0.0004);
    const Particle& a = result.secondaries[0];
    EXPECT_EQ(a.energy, electron_mass);
    EXPECT_EQ(result.secondaries[1].energy, electron_mass);
    EXPECT_EQ(result.secondaries[1].direction, -1 * a.direction);
    EXPECT_NEAR(dot(a.direction, a.direction), 1, 1e-12);
    sum = sum + a.direction;
    squares += a.direction.z * a.direction.z;
  }
  EXPECT_LT(std::sqrt(dot(sum, sum)) / count, 0.03);
  EXPECT_NEAR(squares / count, 1.0 / 3, 0.01);
}

}  // namespace
}  // namespace showergan::montecarlo
