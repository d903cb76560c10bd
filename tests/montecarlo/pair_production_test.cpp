#include "montecarlo/pair_production.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "montecarlo/pair_suppression.hpp"
#include "sampled_distribution.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double threshold = 2 * electron_mass;

Medium pure(const std::string& symbol, double density) {
  return make_medium({symbol, density, {{symbol, 1.0}}, 0});
}

Particle photon(double energy, const Vector3& direction = {0, 0, 1}) {
  return {ParticleKind::photon, energy, {1, 2, 3}, direction};
}

double barn(const Medium& medium, double energy) {
  return PairProduction(medium).cross_section(energy) / medium.elements[0].density * 1e22;
}

/// Pair production in the fields of nucleus and electrons in NIST XCOM (SRD 8, version 1.5), barn
/// per atom.
TEST(PairProduction, CrossSectionIsThePublishedOne) {
  const double energies[] = {3, 5, 8, 10, 20, 50, 100, 500, 1000, 1e4, 1e5};
  const struct {
    const char* symbol;
    double published[11];
  } rows[] = {
      {"Si",
       {0.10034, 0.22049, 0.3594, 0.43167, 0.6647, 0.97069, 1.1731, 1.476, 1.5432, 1.6268, 1.6399}},
      {"Cu",
       {0.43997, 0.93671, 1.4986, 1.7888, 2.7136, 3.9037, 4.676, 5.7729, 5.9984, 6.2706, 6.3127}},
      {"W",
       {3.261, 6.0771, 9.0472, 10.585, 15.689, 22.155, 26.232, 31.831, 32.959, 34.306, 34.513}},
      {"Pb",
       {4.1053, 7.4157, 10.909, 12.724, 18.776, 26.484, 31.338, 37.987, 39.327, 40.937, 41.183}}};
  for (const auto& row : rows) {
    const Medium medium = pure(row.symbol, 10);
    for (std::size_t i = 0; i < std::size(energies); ++i) {
      EXPECT_NEAR(barn(medium, energies[i]), row.published[i], 0.026 * row.published[i])
          << row.symbol << " at " << energies[i] << " MeV";
    }
  }
}

TEST(PairProduction, BeginsAtTwoElectronMasses) {
  const PairProduction process(pure("W", 19.3));
  EXPECT_EQ(process.cross_section(1), 0);
  EXPECT_EQ(process.cross_section(threshold), 0);
  EXPECT_GT(process.cross_section(threshold * 1.001), 0);
  EXPECT_LT(process.cross_section(threshold * 1.001), process.cross_section(1.5));
}

/// Where the fit gives way to the integral, and 7/9 of a radiation length without suppression.
TEST(PairProduction, IntegralContinuesTheFit) {
  for (const char* symbol : {"Si", "Cu", "W", "Pb"}) {
    const PairProduction process(pure(symbol, 10));
    const double below = process.cross_section(29999);
    EXPECT_NEAR(process.cross_section(30001), below, 0.025 * below) << symbol;
  }
  const Medium medium = pure("W", 19.3);
  EXPECT_NEAR(PairProduction(medium).cross_section(1e5) * medium.radiation_length, 7.0 / 9, 0.01);
}

TEST(PairProduction, IsSuppressedInDenseMediaOnly) {
  const double dense = barn(pure("W", 19.3), 1e6);
  const double thin = barn(pure("W", 1e-4), 1e6);
  EXPECT_LT(dense, 0.999 * thin);
  EXPECT_GT(dense, 0.95 * thin);
}

TEST(PairProduction, MacroscopicCrossSectionSumsTheElements) {
  const Medium mix = make_medium({"mix", 5, {{"W", 0.4}, {"Si", 0.6}}, 0});
  const double expected = PairProduction(pure("W", 2)).cross_section(20) +
                          PairProduction(pure("Si", 3)).cross_section(20);
  EXPECT_NEAR(PairProduction(mix).cross_section(20), expected, 1e-12 * expected);
}

/// dσ/dε as the header writes it, times the suppression.
TEST(PairProduction, SharingFollowsTheDifferentialCrossSection) {
  RandomStream random(9, 1);
  for (const char* symbol : {"Si", "W"}) {
    const Medium medium = pure(symbol, symbol[0] == 'W' ? 19.3 : 2.33);
    const PairProduction process(medium);
    const double z = medium.elements[0].z;
    for (const double energy : {2.01, 5.0, 49.0, 51.0, 1e3, 99e3, 1e6}) {
      const double coulomb = energy > 50 ? coulomb_correction(z) : 0;
      const auto density = [&](double share) {
        const double sharing = share * (1 - share);
        const Screening phi =
            pair_screening(136 * electron_mass / (energy * sharing * std::cbrt(z)));
        const LpmFactors by = energy > 100e3 ? pair_suppression(lpm_energy(medium.radiation_length),
                                                                energy, sharing, z)
                                             : LpmFactors{};
        const double common = std::log(z) / 3 + coulomb;
        return std::max(
            0.0, by.xi * (2 * by.phi + by.g) / 3 * (1 - 2 * sharing) * (phi.phi1 / 4 - common) +
                     by.xi * by.g * 2.0 / 3 * sharing * (phi.phi2 / 4 - common));
      };
      const auto draw = [&] {
        Interaction result;
        process.interact(photon(energy), random, result);
        return (result.secondaries[0].energy + electron_mass) / energy;
      };
      const double least = electron_mass / energy;
      EXPECT_LT(std::abs(excess_chi_square(draw, density, least, 1 - least, 50, 100000)), 4)
          << symbol << " at " << energy;
    }
  }
}

TEST(PairProduction, ConservesEnergyFromThresholdToOneTev) {
  const PairProduction process(
      make_medium({"mix", 17, {{"W", 0.93}, {"Ni", 0.05}, {"Cu", 0.02}}, 0}));
  RandomStream random(9, 2);
  const Vector3 direction = normalized({-0.3, 0.1, 0.8});
  for (const double energy : {threshold * (1 + 1e-9), 1.1, 1.9, 2.0001, 10.0, 1e3, 2e5, 1e6}) {
    for (int i = 0; i < 1000; ++i) {
      Interaction result;
      process.interact(photon(energy, direction), random, result);
      ASSERT_TRUE(result.gone);
      ASSERT_EQ(result.count, 2U);
      const auto& [electron, positron] = result.secondaries;
      ASSERT_EQ(electron.kind, ParticleKind::electron);
      ASSERT_EQ(positron.kind, ParticleKind::positron);
      ASSERT_GE(electron.energy, 0);
      ASSERT_GE(positron.energy, 0);
      ASSERT_NEAR(electron.energy + positron.energy + threshold, energy, 1e-12 * energy);
      ASSERT_NEAR(dot(electron.direction, electron.direction), 1, 1e-12);
      ASSERT_NEAR(dot(positron.direction, positron.direction), 1, 1e-12);
      // On opposite sides of the photon.
      const Vector3 across_e = electron.direction - dot(electron.direction, direction) * direction;
      const Vector3 across_p = positron.direction - dot(positron.direction, direction) * direction;
      ASSERT_LE(dot(across_e, across_p), 1e-15);
    }
  }
}

TEST(PairProduction, ElectronAndPositronAreAlike) {
  const PairProduction process(pure("W", 19.3));
  RandomStream random(9, 3);
  double difference = 0;
  constexpr int count = 100000;
  for (int i = 0; i < count; ++i) {
    Interaction result;
    process.interact(photon(100), random, result);
    difference += (result.secondaries[0].energy - result.secondaries[1].energy) / 100;
  }
  EXPECT_NEAR(difference / count, 0, 4 * 0.6 / std::sqrt(count));
}

/// u = θ (T + m_e)/m_e, for which 2 sin(θ/2) stands.
TEST(PairProduction, AnglesFollowTheApproximationToTsai) {
  const PairProduction process(pure("W", 19.3));
  RandomStream random(9, 4);
  constexpr double a = 1.6;
  const auto density = [](double u) {
    return u * (0.25 * std::exp(-u / a) + 0.75 * 9 * std::exp(-3 * u / a)) / (a * a);
  };
  for (const std::size_t which : {0U, 1U}) {
    const auto draw = [&] {
      while (true) {
        Interaction result;
        process.interact(photon(200), random, result);
        const Particle& lepton = result.secondaries[which];
        const double half_sine = std::hypot(lepton.direction.x, lepton.direction.y) /
                                 std::sqrt(2 * (1 + lepton.direction.z));
        const double u = 2 * half_sine * (1 + lepton.energy / electron_mass);
        // Slow leptons cannot reach large angles: compared where all can.
        if (lepton.energy > 20 && u < 15) return u;
      }
    };
    EXPECT_LT(std::abs(excess_chi_square(draw, density, 0, 15)), 4) << which;
  }
}

}  // namespace
}  // namespace showergan::montecarlo
