#include "montecarlo/compton.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "sampled_distribution.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double mm2_per_barn = 1e-22;

Medium pure(const std::string& symbol) {
  return make_medium({symbol, 5, {{symbol, 1.0}}, 0});
}

Particle photon(double energy, const Vector3& direction = {0, 0, 1}) {
  return {ParticleKind::photon, energy, {1, 2, 3}, direction};
}

/// Klein and Nishina's total cross-section per free electron, mm² (Z. Phys. 52 (1929) 853).
double klein_nishina_cross_section(double energy) {
  const double x = energy / electron_mass;
  const double full = 1 + 2 * x;
  const double logarithm = std::log1p(2 * x);
  return two_pi * electron_radius * electron_radius *
         ((1 + x) / (x * x) * (2 * (1 + x) / full - logarithm / x) + logarithm / (2 * x) -
          (1 + 3 * x) / (full * full));
}

/// Incoherent scattering in NIST XCOM (SRD 8, version 1.5), barn per atom.
TEST(Compton, CrossSectionIsThePublishedOne) {
  const struct {
    int z;
    double energy;
    double barn;
  } rows[] = {{1, 0.1, 0.4923},  {1, 1, 0.2114},    {1, 10, 0.05116},  {1, 100, 0.008276},
              {14, 0.03, 7.002}, {14, 0.1, 6.678},  {14, 0.5, 4.040},  {14, 1, 2.957},
              {14, 3, 1.614},    {14, 10, 0.7162},  {14, 100, 0.1159}, {29, 0.03, 12.99},
              {29, 0.1, 13.32},  {29, 0.5, 8.335},  {29, 1, 6.117},    {29, 3, 3.343},
              {29, 10, 1.483},   {29, 100, 0.2400}, {74, 0.03, 26.39}, {74, 0.1, 31.15},
              {74, 0.5, 20.96},  {74, 1, 15.53},    {74, 3, 8.521},    {74, 10, 3.785},
              {74, 100, 0.6124}, {82, 0.03, 28.31}, {82, 0.1, 34.04},  {82, 0.5, 23.17},
              {82, 1, 17.18},    {82, 3, 9.440},    {82, 10, 4.193},   {82, 100, 0.6786}};
  for (const auto& row : rows) {
    SCOPED_TRACE(testing::Message() << "Z " << row.z << " at " << row.energy << " MeV");
    const double tolerance = row.energy < 0.05 ? 0.035 : 0.02;
    EXPECT_NEAR(compton_cross_section(row.energy, row.z) / mm2_per_barn, row.barn,
                tolerance * row.barn);
  }
}

TEST(Compton, FormulaAgreesWithKleinAndNishinaWhereBindingIsNothing) {
  for (const int z : {6, 14, 29, 74, 82}) {
    for (double energy = 1; energy < 500; energy *= 2) {
      const double free = z * klein_nishina_cross_section(energy);
      EXPECT_NEAR(compton_cross_section(energy, z), free, 0.035 * free) << z << " " << energy;
    }
  }
  // Thomson's cross-section, and the leading term of high energy: π r_e² (ln 2x + ½)/x.
  EXPECT_NEAR(klein_nishina_cross_section(1e-4) / mm2_per_barn, 0.66524, 0.001);
  const double x = 1e5 / electron_mass;
  EXPECT_NEAR(klein_nishina_cross_section(1e5),
              pi * electron_radius * electron_radius * (std::log(2 * x) + 0.5) / x, 1e-31);
}

TEST(Compton, CrossSectionIsContinuousAndPositiveFromOneKev) {
  for (const int z : {1, 2, 14, 74, 92}) {
    const double joint = z == 1 ? 0.040 : 0.015;
    const double at = compton_cross_section(joint, z);
    EXPECT_NEAR(compton_cross_section(joint * 0.9999, z), at, 1e-3 * at);
    for (double energy = 1e-3; energy < 1e6; energy *= 1.3) {
      EXPECT_GT(compton_cross_section(energy, z), 0) << z << " " << energy;
    }
  }
}

TEST(Compton, MacroscopicCrossSectionSumsTheElements) {
  const Medium medium = make_medium({"mix", 5, {{"W", 0.4}, {"Si", 0.6}}, 0});
  double expected = 0;
  for (const MediumElement& element : medium.elements) {
    expected += element.density * compton_cross_section(1, element.z);
  }
  EXPECT_NEAR(Compton(medium).cross_section(1), expected, 1e-12 * expected);
}

/// In hydrogen, whose electrons are taken as free.
TEST(Compton, ScatteredEnergiesFollowKleinAndNishina) {
  const Compton compton(pure("H"));
  RandomStream random(7, 1);
  for (const double energy : {1e-3, 0.03, 0.511, 2.0, 50.0, 1e4}) {
    const double x = energy / electron_mass;
    const double least = 1 / (1 + 2 * x);
    const auto ratio = [&] {
      Interaction result;
      compton.interact(photon(energy), random, result);
      return std::log(result.energy / energy);
    };
    const auto density = [x](double log_ratio) {
      const double e = std::exp(log_ratio);
      const double t = (1 - e) / (x * e);
      return (1 / e + e - t * (2 - t)) * e;
    };
    EXPECT_LT(std::abs(excess_chi_square(ratio, density, std::log(least) - 1e-12, 1e-12)), 4)
        << energy;
  }
}

TEST(Compton, ConservesEnergyAndMomentum) {
  const Compton compton(pure("H"));
  RandomStream random(7, 2);
  const Vector3 direction = normalized({0.3, -0.5, 0.8});
  for (const double energy : {1e-3, 0.1, 1.0, 100.0, 1e6}) {
    for (int i = 0; i < 1000; ++i) {
      Interaction result;
      compton.interact(photon(energy, direction), random, result);
      ASSERT_FALSE(result.gone);
      ASSERT_NEAR(dot(result.direction, result.direction), 1, 1e-12);
      const double kinetic = result.count == 1 ? result.secondaries[0].energy : 0;
      ASSERT_NEAR(result.energy + kinetic + result.deposit, energy, 1e-12 * energy);
      if (result.count == 0) {
        ASSERT_LT(result.deposit, 1e-4);
        continue;
      }
      const Particle& electron = result.secondaries[0];
      ASSERT_EQ(electron.kind, ParticleKind::electron);
      ASSERT_EQ(electron.position, (Vector3{1, 2, 3}));
      const double momentum = std::sqrt(kinetic * (kinetic + 2 * electron_mass));
      const Vector3 sum = result.energy * result.direction + momentum * electron.direction;
      const Vector3 missing = sum - energy * direction;
      ASSERT_LT(std::sqrt(dot(missing, missing)), 1e-6 * energy);
    }
  }
}

/// Binding energies of K, L and M electrons of tungsten (Bearden and Burr, Rev. Mod. Phys. 39
/// (1967) 125), keV, over all 74: the other shells hold 0.1 keV more.
TEST(Compton, DepositsBindingEnergies) {
  const double published = (2 * 69.525 + 2 * 12.100 + 2 * 11.544 + 4 * 10.207 + 2 * 2.820 +
                            2 * 2.575 + 4 * 2.281 + 4 * 1.872 + 6 * 1.809) /
                           74;
  const Compton compton(pure("W"));
  RandomStream random(7, 3);
  double deposit = 0;
  constexpr int count = 200000;
  for (int i = 0; i < count; ++i) {
    Interaction result;
    compton.interact(photon(50), random, result);
    const double kinetic = result.count == 1 ? result.secondaries[0].energy : 0;
    ASSERT_NEAR(result.energy + kinetic + result.deposit, 50, 1e-12 * 50);
    deposit += result.deposit * 1e3;
  }
  EXPECT_NEAR(deposit / count, published, 0.05 * published);
}

TEST(Compton, MovesBoundElectronsOnlyWithEnoughEnergy) {
  RandomStream random(7, 4);
  for (int z = 1; z <= 92; ++z) {
    Medium medium = pure("W");
    medium.elements[0].z = z;
    medium.electron_density = z * medium.elements[0].density;
    const Compton compton(medium);
    for (const double energy : {1e-3, 0.02, 0.2}) {
      const double most = energy * (1 - 1 / (1 + 2 * energy / electron_mass));
      for (int i = 0; i < 100; ++i) {
        Interaction result;
        compton.interact(photon(energy), random, result);
        ASSERT_LE(result.deposit, most * (1 + 1e-12)) << z;
        ASSERT_GE(result.deposit, 0);
        ASSERT_GT(result.energy, 0);
      }
    }
  }
}

}  // namespace
}  // namespace showergan::montecarlo
