#include "montecarlo/ionisation.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

#include "collision_cross_section.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr ParticleKind electron = ParticleKind::electron;
constexpr ParticleKind positron = ParticleKind::positron;

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

/// ∫ f dE from `low` to `high`, by Simpson's rule in ln E.
double integral(const std::function<double(double)>& f, double low, double high) {
  constexpr int steps = 4000;
  const double width = std::log(high / low) / steps;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double e = low * std::exp(i * width);
    sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * e * f(e);
  }
  return sum * width / 3;
}

double largest(ParticleKind kind, double energy) {
  return kind == electron ? energy / 2 : energy;
}

/// Collision stopping powers in MeV cm²/g (NIST ESTAR; ICRU Report 37). ESTAR computes δ exactly;
/// the fit to it is what 0.5 % allow for.
TEST(Ionisation, UnrestrictedLossesAreThePublishedOnes) {
  Medium water = make_medium({"water", 1.0, {{"H", 0.111894}, {"O", 0.888106}}, 0});
  water.mean_excitation = 75e-6;  // not Bragg's additivity
  const struct {
    Medium medium;
    double energy;
    double published;
  } rows[] = {{pure("Si", 2.33), 0.01, 16.89},
              {pure("Si", 2.33), 0.1, 3.265},
              {pure("Si", 2.33), 0.5, 1.638},
              {pure("Si", 2.33), 1, 1.507},
              {pure("Si", 2.33), 10, 1.697},
              {water, 0.01, 22.56},
              {water, 0.1, 4.115},
              {water, 1, 1.849}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.medium.name);
    const Ionisation ionisation(row.medium, 1e9);
    EXPECT_NEAR(ionisation.loss(electron, row.energy) * 10 / row.medium.density, row.published,
                0.005 * row.published)
        << row.energy;
  }
}

/// What a lower cut takes out of the continuous loss is what the single collisions carry away.
TEST(Ionisation, LossAndCollisionsTogetherDoNotDependOnTheCut) {
  const Medium medium = pure("W", 19.3);
  for (const ParticleKind kind : {electron, positron}) {
    for (const double energy : {0.5, 3.0, 100.0, 1e4, 1e6}) {
      SCOPED_TRACE(energy);
      const double low = 0.01;
      const double all = Ionisation(medium, 2e6).loss(kind, energy);
      const auto carried = [&](double e) {
        return e * collision_cross_section(medium, kind, energy, e);
      };
      const double above = integral(carried, low, largest(kind, energy));
      EXPECT_NEAR(Ionisation(medium, low).loss(kind, energy) + above, all, 1e-6 * all);
    }
  }
}

TEST(Ionisation, CrossSectionIsTheIntegralOfTheDifferentialOne) {
  const Medium medium = pure("Si", 2.33);
  const Ionisation ionisation(medium, 0.1);
  for (const ParticleKind kind : {electron, positron}) {
    for (const double energy : {0.21, 1.0, 30.0, 1e4, 1e6}) {
      SCOPED_TRACE(energy);
      const auto number = [&](double e) {
        return collision_cross_section(medium, kind, energy, e);
      };
      const double expected = integral(number, 0.1, largest(kind, energy));
      EXPECT_NEAR(ionisation.cross_section(kind, energy), expected, 1e-6 * expected);
    }
  }
  EXPECT_EQ(ionisation.cross_section(electron, 0.2), 0);
  EXPECT_GT(ionisation.cross_section(positron, 0.2), 0);
  EXPECT_EQ(ionisation.cross_section(positron, 0.1), 0);
}

/// Bins of equal expected numbers.
double chi_square(const Medium& medium, ParticleKind kind, double energy, double cut) {
  constexpr int bins = 40;
  constexpr int count = 200000;
  const Ionisation ionisation(medium, cut);
  const auto number = [&](double e) { return collision_cross_section(medium, kind, energy, e); };
  std::vector<double> edges;
  for (int i = 0; i <= bins; ++i) {
    edges.push_back(cut * std::pow(largest(kind, energy) / cut, static_cast<double>(i) / bins));
  }
  std::vector<double> observed(bins);
  RandomStream random(7, 1);
  for (int i = 0; i < count; ++i) {
    Interaction result;
    ionisation.interact({kind, energy, {}, {0, 0, 1}}, random, result);
    const double transfer = result.secondaries[0].energy;
    const auto bin = std::upper_bound(edges.begin() + 1, edges.end() - 1, transfer) - edges.begin();
    observed[static_cast<std::size_t>(bin) - 1] += 1;
  }
  const double total = integral(number, cut, largest(kind, energy));
  double sum = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    const double expected = count * integral(number, edges[i], edges[i + 1]) / total;
    if (expected < 5) continue;
    sum += std::pow(observed[i] - expected, 2) / expected;
  }
  return sum;
}

TEST(Ionisation, TransfersHaveTheDifferentialCrossSection) {
  const Medium medium = pure("Si", 2.33);
  for (const ParticleKind kind : {electron, positron}) {
    const struct {
      double energy;
      double cut;
    } rows[] = {{0.25, 0.1}, {1, 0.1}, {10, 0.1}, {1e6, 100}, {1e6, 3e5}};
    for (const auto& [energy, cut] : rows) {
      EXPECT_LT(chi_square(medium, kind, energy, cut), 80) << energy << ", " << cut;  // 39 ± 9
    }
  }
}

double momentum(double energy) {
  return std::sqrt(energy * (energy + 2 * electron_mass));
}

TEST(Ionisation, ConservesEnergyAndMomentum) {
  const Ionisation ionisation(pure("W", 19.3), 1e-3);
  RandomStream random(11, 3);
  const Vector3 direction = normalized({0.3, -0.5, 0.7});
  const Vector3 position = {1, 2, 3};
  for (const ParticleKind kind : {electron, positron}) {
    for (const double energy : {0.0021, 0.1, 5.0, 1e6}) {
      SCOPED_TRACE(energy);
      for (int i = 0; i < 2000; ++i) {
        Interaction result;
        ionisation.interact({kind, energy, position, direction}, random, result);
        ASSERT_FALSE(result.gone);
        ASSERT_EQ(result.count, 1U);
        const Particle& delta = result.secondaries[0];
        EXPECT_EQ(delta.kind, electron);
        EXPECT_EQ(delta.position, position);
        EXPECT_GE(delta.energy, 1e-3 * (1 - 1e-12));
        EXPECT_LE(delta.energy, largest(kind, energy));
        EXPECT_NEAR(delta.energy + result.energy, energy, 1e-12 * energy);
        const Vector3 missing = momentum(energy) * direction -
                                momentum(delta.energy) * delta.direction -
                                momentum(result.energy) * result.direction;
        EXPECT_LT(std::sqrt(dot(missing, missing)), 1e-9 * momentum(energy));
        EXPECT_NEAR(dot(delta.direction, delta.direction), 1, 1e-12);
        EXPECT_NEAR(dot(result.direction, result.direction), 1, 1e-12);
      }
    }
  }
}

TEST(Ionisation, LeavesAParticleAloneThatCannotMakeADeltaRay) {
  const Ionisation ionisation(pure("Si", 2.33), 0.1);
  RandomStream random(1, 1);
  Interaction result;
  ionisation.interact({electron, 0.199, {}, {0, 1, 0}}, random, result);
  EXPECT_EQ(result.count, 0U);
  EXPECT_EQ(result.energy, 0.199);
  EXPECT_EQ(result.direction, (Vector3{0, 1, 0}));
}

/// Where the formula ends, 2.15 keV in tungsten, and down to the lowest tracking energy and below.
TEST(Ionisation, LossIsContinuedBelowItsRange) {
  const Ionisation ionisation(pure("W", 19.3), 0.3);
  const double end = 0.25e-3 * std::sqrt(74.0);
  for (const ParticleKind kind : {electron, positron}) {
    const double there = ionisation.loss(kind, end);
    EXPECT_NEAR(ionisation.loss(kind, end * (1 - 1e-9)), there, 1e-6 * there);
    EXPECT_NEAR(ionisation.loss(kind, end / 2), there * std::sqrt(2), 1e-9 * there);
    EXPECT_NEAR(ionisation.loss(kind, 0.249 * end), 2 * there, 0.01 * there);
    EXPECT_GT(ionisation.loss(kind, 1e-6), 0);
    EXPECT_LT(ionisation.loss(kind, 1e-6), there);
  }
}

TEST(Ionisation, TheCutIsNotBelowTheMeanExcitationEnergy) {
  const Medium medium = pure("Pb", 11.35);
  const Ionisation ionisation(medium, 1e-5);
  EXPECT_EQ(ionisation.largest_continuous_transfer(electron, 1), medium.mean_excitation);
  EXPECT_EQ(ionisation.largest_continuous_transfer(electron, 1e-3), 0.5e-3);
  EXPECT_GT(ionisation.loss(electron, 1), 0);
}

}  // namespace
}  // namespace showergan::montecarlo
