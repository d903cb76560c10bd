#include "montecarlo/photoelectric.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "sampled_distribution.hpp"

namespace showergan::montecarlo {
namespace {

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

Particle photon(double energy, const Vector3& direction = {0, 0, 1}) {
  return {ParticleKind::photon, energy, {1, 2, 3}, direction};
}

/// Photoelectric absorption in NIST XCOM (SRD 8, version 1.5), barn per atom.
TEST(Photoelectric, CrossSectionIsThePublishedOne) {
  const struct {
    const char* symbol;
    double energy;
    double barn;
  } rows[] = {
      {"C", 0.005, 372.1},  {"C", 0.01, 41.40},    {"C", 1, 2.659e-5},  {"Si", 0.0015, 24870},
      {"Si", 0.005, 11370}, {"Si", 0.01, 1546},    {"Si", 0.02, 190.7}, {"Si", 0.05, 10.76},
      {"Si", 0.1, 1.165},   {"Si", 0.5, 8.624e-3}, {"Si", 1, 1.697e-3}, {"Si", 20, 2.899e-5},
      {"Cu", 0.005, 19730}, {"Cu", 0.01, 22630},   {"Cu", 0.02, 3491},  {"Cu", 0.05, 246.4},
      {"Cu", 0.1, 30.37},   {"Cu", 0.5, 0.2710},   {"Cu", 1, 5.427e-2}, {"Cu", 20, 8.433e-4},
      {"W", 0.01, 28210},   {"W", 0.003, 5.778e5}, {"W", 0.015, 41500}, {"W", 0.02, 19420},
      {"W", 0.05, 1615},    {"W", 0.06953, 3297},  {"W", 0.1, 1268},    {"W", 0.2, 195.3},
      {"W", 0.5, 18.20},    {"W", 1, 3.917},       {"W", 5, 0.2761},    {"W", 20, 5.153e-2},
      {"Pb", 0.01, 43220},  {"Pb", 0.02, 28890},   {"Pb", 0.05, 2509},  {"Pb", 0.1, 1802},
      {"Pb", 0.2, 291.2},   {"Pb", 0.5, 28.41},    {"Pb", 1, 6.226},    {"Pb", 5, 0.4344},
      {"Pb", 20, 8.029e-2}};
  for (const auto& row : rows) {
    SCOPED_TRACE(testing::Message() << row.symbol << " at " << row.energy << " MeV");
    const Medium medium = pure(row.symbol, 5);
    const double barn =
        Photoelectric(medium).cross_section(row.energy) / medium.elements[0].density * 1e22;
    EXPECT_NEAR(barn, row.barn, 0.06 * row.barn);
  }
}

TEST(Photoelectric, MacroscopicCrossSectionSumsTheElements) {
  const Medium mix = make_medium({"mix", 5, {{"W", 0.4}, {"Si", 0.6}}, 0});
  const double expected = Photoelectric(pure("W", 2)).cross_section(0.05) +
                          Photoelectric(pure("Si", 3)).cross_section(0.05);
  EXPECT_NEAR(Photoelectric(mix).cross_section(0.05), expected, 1e-12 * expected);
}

TEST(Photoelectric, FallsInverselyWithTheEnergyAtLast) {
  const Photoelectric photoelectric(pure("W", 19.3));
  EXPECT_NEAR(photoelectric.cross_section(1e6) * 1e6, photoelectric.cross_section(1e5) * 1e5,
              1e-4 * photoelectric.cross_section(1e5) * 1e5);
  EXPECT_GT(photoelectric.cross_section(1e6), 0);
}

TEST(Photoelectric, DepositsTheBindingEnergyOfTheInnermostOpenShell) {
  const struct {
    double energy;
    double binding;
  } rows[] = {{1, 0.069525},     {0.0696, 0.069525}, {0.0695, 0.012098},
              {0.012, 0.011541}, {0.011, 0.010204},  {0.009, 0.002281}};
  const Photoelectric photoelectric(pure("W", 19.3));
  RandomStream random(3, 1);
  for (const auto& row : rows) {
    Interaction result;
    photoelectric.interact(photon(row.energy), random, result);
    EXPECT_TRUE(result.gone);
    ASSERT_EQ(result.count, 1U) << row.energy;
    EXPECT_EQ(result.secondaries[0].kind, ParticleKind::electron);
    EXPECT_EQ(result.secondaries[0].position, (Vector3{1, 2, 3}));
    EXPECT_NEAR(result.deposit, row.binding, 1e-9) << row.energy;
    EXPECT_NEAR(result.secondaries[0].energy + result.deposit, row.energy, 1e-12);
    EXPECT_NEAR(dot(result.secondaries[0].direction, result.secondaries[0].direction), 1, 1e-12);
  }
}

TEST(Photoelectric, LeavesItsEnergyWhereNoShellIsOpen) {
  RandomStream random(3, 2);
  Interaction result;
  Photoelectric(pure("W", 19.3)).interact(photon(1e-4), random, result);
  EXPECT_TRUE(result.gone);
  EXPECT_EQ(result.count, 0U);
  EXPECT_EQ(result.deposit, 1e-4);
}

TEST(Photoelectric, ChoosesElementsByTheirShares) {
  const Medium mix = make_medium({"mix", 5, {{"W", 0.05}, {"Si", 0.95}}, 0});
  const Photoelectric photoelectric(mix);
  const double share =
      Photoelectric(pure("W", 0.25)).cross_section(0.03) / photoelectric.cross_section(0.03);
  ASSERT_GT(share, 0.1);
  ASSERT_LT(share, 0.9);
  RandomStream random(3, 3);
  constexpr int count = 100000;
  int tungsten = 0;
  for (int i = 0; i < count; ++i) {
    Interaction result;
    photoelectric.interact(photon(0.03), random, result);
    tungsten += result.deposit > 0.005;
  }
  EXPECT_NEAR(tungsten, share * count, 4 * std::sqrt(count * share * (1 - share)));
}

TEST(Photoelectric, AnglesFollowSauter) {
  RandomStream random(3, 4);
  for (const double energy : {1e-3, 0.05, 0.5, 2.0, 20.0}) {
    const double gamma = 1 + energy / electron_mass;
    const double beta = std::sqrt(1 - 1 / (gamma * gamma));
    // Over ln(1 − βμ), so that the peak forward is resolved.
    const auto draw = [&] {
      const double nu = photoelectron_one_less_cosine(energy, random);
      return std::log((1 - beta) + beta * nu);
    };
    const auto density = [gamma, beta](double log_term) {
      const double term = std::exp(log_term);
      const double mu = (1 - term) / beta;
      return std::max(0.0, 1 - mu * mu) / std::pow(term, 3) *
             (1 + 0.5 * gamma * (gamma - 1) * (gamma - 2) * term);
    };
    EXPECT_LT(std::abs(excess_chi_square(draw, density, std::log(1 - beta) - 1e-9,
                                         std::log(1 + beta) + 1e-9)),
              4)
        << energy;
  }
}

TEST(Photoelectric, DirectionIsAboutThatOfThePhoton) {
  const Photoelectric photoelectric(pure("Si", 2.33));
  RandomStream random(3, 5);
  const Vector3 direction = normalized({0.3, -0.5, 0.8});
  double cosine = 0;
  double expected = 0;
  constexpr int count = 100000;
  for (int i = 0; i < count; ++i) {
    Interaction result;
    photoelectric.interact(photon(0.1, direction), random, result);
    cosine += dot(direction, result.secondaries[0].direction);
    expected += 1 - photoelectron_one_less_cosine(0.1, random);
  }
  EXPECT_GT(cosine / count, 0.2);
  EXPECT_NEAR(cosine / count, expected / count, 0.01);
  Interaction fast;
  photoelectric.interact(photon(1e6, direction), random, fast);
  EXPECT_EQ(fast.secondaries[0].direction, direction);
}

}  // namespace
}  // namespace showergan::montecarlo
