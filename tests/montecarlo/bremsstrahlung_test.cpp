#include "montecarlo/bremsstrahlung.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double cut = 0.1;

Medium tungsten() {
  return make_medium({"alloy", 17.8, {{"W", 0.9299}, {"Ni", 0.0525}, {"Cu", 0.0176}}, 0});
}

Medium silicon() {
  return make_medium({"Si", 2.329, {{"Si", 1.0}}, 0});
}

/// ∫ differential() dk/k^`power` between two photon energies, plainly; close to the highest,
/// finely.
double integrate(const Bremsstrahlung& process, ParticleKind kind, double energy, double from,
                 double to, int power) {
  constexpr int steps = 20000;
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double v = (i + 0.5) / steps;
    const double k = to * std::pow(from / to, v * v);
    const double dk = 2 * v * k * std::log(to / from) / steps;
    sum += process.differential(kind, energy, k) * dk / std::pow(k, power);
  }
  return sum;
}

const struct {
  ParticleKind kind;
  double energy;
} cases[] = {{ParticleKind::electron, 0.15}, {ParticleKind::electron, 1.3},
             {ParticleKind::electron, 30},   {ParticleKind::electron, 700},
             {ParticleKind::electron, 2500}, {ParticleKind::electron, 1e5},
             {ParticleKind::electron, 1e6},  {ParticleKind::positron, 0.3},
             {ParticleKind::positron, 8},    {ParticleKind::positron, 5000}};

TEST(Bremsstrahlung, CrossSectionAndLossAreTheIntegrals) {
  for (const Medium& medium : {tungsten(), silicon()}) {
    const Bremsstrahlung process(medium, cut);
    for (const auto& [kind, energy] : cases) {
      SCOPED_TRACE(testing::Message() << medium.name << ' ' << energy);
      const double joint = energy > 1e3 ? 0.03 : 0;  // the factor that joins the two models
      EXPECT_NEAR(
          process.cross_section(kind, energy) / integrate(process, kind, energy, cut, energy, 1), 1,
          0.003 + joint);
      EXPECT_NEAR(process.loss(kind, energy) / integrate(process, kind, energy, 1e-7, cut, 0), 1,
                  0.003 + joint);
    }
  }
}

TEST(Bremsstrahlung, ModelsJoinAtAGigaelectronvolt) {
  for (const Medium& medium : {tungsten(), silicon()}) {
    const Bremsstrahlung process(medium, cut);
    for (const ParticleKind kind : {ParticleKind::electron, ParticleKind::positron}) {
      EXPECT_NEAR(process.loss(kind, 999.99) / process.loss(kind, 1000.01), 1, 1e-3);
      EXPECT_NEAR(process.cross_section(kind, 999.99) / process.cross_section(kind, 1000.01), 1,
                  1e-3);
    }
    // Without the factor they differ by what the two theories differ.
    EXPECT_NEAR(process.differential(ParticleKind::electron, 999.99, 300) /
                    process.differential(ParticleKind::electron, 1000.01, 300),
                1, 0.03);
    // And it fades.
    EXPECT_NEAR(process.cross_section(ParticleKind::electron, 1e6) /
                    integrate(process, ParticleKind::electron, 1e6, cut, 1e6, 1),
                1, 1e-3);
  }
}

/// The polarisation of the medium suppresses photons below k_p = E ħω_p/m by k²/(k² + k_p²)
/// (Ter-Mikaelian): in tungsten (80.3 eV) at 900 MeV 141 keV.
TEST(Bremsstrahlung, IsSuppressedByPolarisation) {
  const auto pure = [](double density) {
    return Bremsstrahlung(make_medium({"W", density, {{"W", 1.0}}, 0}), cut);
  };
  const Bremsstrahlung dense = pure(19.3);
  const Bremsstrahlung thin = pure(1e-6);
  const double kp = 900.511 * 80.32e-6 / 0.511;
  EXPECT_NEAR(kp, 0.1415, 1e-3);
  for (const double k : {0.05, kp, 1.0}) {
    EXPECT_NEAR(dense.differential(ParticleKind::electron, 900, k) /
                    thin.differential(ParticleKind::electron, 900, k) * 1e-6 / 19.3,
                k * k / (k * k + kp * kp), 0.003);
  }
}

TEST(Bremsstrahlung, ElementsAddUp) {
  const Bremsstrahlung mixture(tungsten(), cut);
  double sum = 0;
  for (const auto& [symbol, share] : {std::pair{"W", 0.9299}, {"Ni", 0.0525}, {"Cu", 0.0176}}) {
    const Medium part = make_medium({symbol, 17.8 * share, {{symbol, 1.0}}, 0});
    sum += Bremsstrahlung(part, cut).cross_section(ParticleKind::electron, 10);
  }
  EXPECT_NEAR(mixture.cross_section(ParticleKind::electron, 10) / sum, 1, 1e-3);
}

TEST(Bremsstrahlung, PositronsRadiateLess) {
  const Bremsstrahlung process(tungsten(), cut);
  double before = 0;
  for (const double energy : {0.2, 1.0, 10.0, 100.0, 1000.0}) {
    const double ratio = process.cross_section(ParticleKind::positron, energy) /
                         process.cross_section(ParticleKind::electron, energy);
    EXPECT_GT(ratio, before);
    EXPECT_LT(ratio, 1);
    before = ratio;
  }
  EXPECT_NEAR(process.cross_section(ParticleKind::positron, 2e4) /
                  process.cross_section(ParticleKind::electron, 2e4),
              1, 1e-5);
}

TEST(Bremsstrahlung, StandsTheEndsOfItsRange) {
  const Bremsstrahlung process(tungsten(), cut);
  for (const ParticleKind kind : {ParticleKind::electron, ParticleKind::positron}) {
    EXPECT_EQ(process.cross_section(kind, cut), 0);
    EXPECT_EQ(process.cross_section(kind, 1e-3), 0);
    EXPECT_EQ(process.loss(kind, 0), 0);
    EXPECT_GT(process.loss(kind, 1e-3), 0);
    EXPECT_GT(process.loss(kind, 1e6), 0);
    EXPECT_GT(process.cross_section(kind, 1e6), 0);
    RandomStream random(1, 2);
    for (const double energy : {cut * (1 + 1e-12), cut * 1.01, 1000.0, 1e6}) {
      for (int i = 0; i < 1000; ++i) {
        Interaction out;
        process.interact({kind, energy, {}, {0, 0, 1}}, random, out);
        ASSERT_GE(out.secondaries[0].energy, cut);
        ASSERT_LE(out.secondaries[0].energy, energy);
        ASSERT_TRUE(std::isfinite(out.direction.x));
      }
    }
  }
}

/// χ² of photon energies in bins of equal probability, from the integrated cross-section.
TEST(Bremsstrahlung, PhotonEnergiesFollowTheCrossSection) {
  constexpr int bins = 50;
  constexpr int photons = 200000;
  for (const Medium& medium : {tungsten(), silicon()}) {
    const Bremsstrahlung process(medium, cut);
    for (const auto& [kind, energy] : cases) {
      SCOPED_TRACE(testing::Message() << medium.name << ' ' << energy);
      std::vector<double> edges(bins + 1);
      std::vector<double> expected(bins);
      // Half of the bins share ln k, half the way from there to the highest energy.
      for (int i = 0; i <= bins; ++i) {
        edges[static_cast<std::size_t>(i)] =
            i <= bins / 2 ? cut * std::pow(0.5 * (cut + energy) / cut, 2.0 * i / bins)
                          : 0.5 * (cut + energy) + (energy - cut) * (1.0 * i / bins - 0.5);
      }
      double sum = 0;
      for (std::size_t i = 0; i < bins; ++i) {
        expected[i] = integrate(process, kind, energy, edges[i], edges[i + 1], 1);
        sum += expected[i];
      }
      std::vector<int> counts(bins);
      RandomStream random(7, 3);
      double mean = 0;
      for (int i = 0; i < photons; ++i) {
        Interaction out;
        process.interact({kind, energy, {}, {0, 0, 1}}, random, out);
        const double k = out.secondaries[0].energy;
        mean += k / photons;
        const auto bin = std::upper_bound(edges.begin(), edges.end(), k) - edges.begin() - 1;
        ++counts[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(bin, 0, bins - 1))];
      }
      double chi2 = 0;
      int used = 0;
      for (std::size_t i = 0; i < bins; ++i) {
        const double n = photons * expected[i] / sum;
        if (n < 10) continue;
        chi2 += (counts[i] - n) * (counts[i] - n) / n;
        ++used;
      }
      EXPECT_LT(chi2, used + 4 * std::sqrt(2.0 * used));
      const double expected_mean = integrate(process, kind, energy, cut, energy, 0) / sum;
      EXPECT_NEAR(mean / expected_mean, 1, 0.015);
    }
  }
}

TEST(Bremsstrahlung, ConservesEnergyAndAimsAsUrban) {
  const Bremsstrahlung process(tungsten(), cut);
  const double energy = 50;
  const Vector3 axis = normalized({1, -2, 0.5});
  RandomStream random(5, 1);
  constexpr int count = 100000;
  double mean = 0;
  double largest = 0;
  for (int i = 0; i < count; ++i) {
    Interaction out;
    process.interact({ParticleKind::electron, energy, {1, 2, 3}, axis}, random, out);
    ASSERT_EQ(out.count, 1U);
    ASSERT_FALSE(out.gone);
    const Particle& photon = out.secondaries[0];
    ASSERT_EQ(photon.kind, ParticleKind::photon);
    ASSERT_EQ(photon.position, (Vector3{1, 2, 3}));
    ASSERT_NEAR(out.energy + photon.energy, energy, 1e-12);
    ASSERT_NEAR(dot(photon.direction, photon.direction), 1, 1e-9);
    ASSERT_NEAR(dot(out.direction, out.direction), 1, 1e-9);
    // What is left across the axis balances the photon.
    const double momentum = std::sqrt(energy * (energy + 2 * electron_mass));
    const Vector3 rest = momentum * axis - photon.energy * photon.direction;
    ASSERT_NEAR(dot(out.direction, normalized(rest)), 1, 1e-12);
    const double u =
        std::sqrt(2 * (1 - dot(photon.direction, axis))) * (energy + electron_mass) / electron_mass;
    mean += u / count;
    largest = std::max(largest, u);
  }
  // ⟨u⟩ = 2 (¼ + ¾/3)/a with a = 5/8.
  EXPECT_NEAR(mean, 1.6, 4 * 1.5 / std::sqrt(count));
  EXPECT_LT(largest, 2 * (1 + energy / electron_mass));
}

}  // namespace
}  // namespace showergan::montecarlo
