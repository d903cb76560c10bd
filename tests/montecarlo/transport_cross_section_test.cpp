#include "montecarlo/transport_cross_section.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double barn = 1e-22;  // mm²

/// Of 10 MeV, barn: Liljequist et al., J. Appl. Phys. 68 (1990) 3061, as in the Geant4 Physics
/// Reference Manual's Urban model; less than 0.4 % of it is Geant4's later increase.
TEST(TransportCrossSection, IsThePublishedOneOf10MeV) {
  const struct {
    int z;
    double published;
  } rows[] = {{4, 0.2672}, {6, 0.5922}, {13, 2.653}, {20, 6.235}, {29, 13.24},
              {56, 50.85}, {74, 91.15}, {79, 104.4}, {82, 113.1}};
  for (const auto& row : rows) {
    EXPECT_NEAR(transport_cross_section(ParticleKind::electron, 10, row.z) / barn,
                1.0031 * row.published, 0.013 * row.published)
        << row.z;
  }
}

/// Screened Rutherford over partial waves, of the same source, at energies between.
TEST(TransportCrossSection, FollowsThePartialWaves) {
  const struct {
    ParticleKind kind;
    int z;
    double energy;
    double ratio;
    double tolerance;
  } rows[] = {{ParticleKind::electron, 13, 0.1, 1.109, 0.008},
              {ParticleKind::electron, 74, 0.001, 5.284, 0.03},
              {ParticleKind::electron, 74, 0.01, 1.837, 0.008},
              {ParticleKind::electron, 74, 0.1, 1.091, 0.008},
              {ParticleKind::electron, 74, 1, 0.950, 0.008},
              {ParticleKind::electron, 6, 1, 1.109, 0.015},
              {ParticleKind::positron, 74, 0.1, 1.589, 0.008},
              {ParticleKind::positron, 74, 1, 1.409, 0.008},
              {ParticleKind::positron, 13, 1, 1.203, 0.008}};
  for (const auto& row : rows) {
    const double momentum2 =
        row.energy * (row.energy + 2 * electron_mass) / (electron_mass * electron_mass);
    const double e = 2 * 137.036 * 137.036 * momentum2 / std::pow(row.z, 2.0 / 3);
    const double rutherford = two_pi * electron_radius * electron_radius * row.z * row.z *
                              (std::log(1 + 2 * e) - 2 * e / (1 + 2 * e)) * (momentum2 + 1) /
                              (momentum2 * momentum2);
    const double published =
        rutherford / row.ratio * (1 + 0.30 / (1 + std::sqrt(1000 * row.energy)));
    EXPECT_NEAR(transport_cross_section(row.kind, row.energy, row.z), published,
                row.tolerance * published)
        << row.z << " " << row.energy;
  }
}

/// ∫ (1 − cos θ) dσ of W. A. McKinley and H. Feshbach's cross-section (Phys. Rev. 74 (1948) 1759),
/// good for light nuclei, with Molière's screening angle.
double mckinley_feshbach(double sign, double energy, double z) {
  const double t = energy / electron_mass;
  const double momentum2 = t * (t + 2);
  const double beta2 = momentum2 / (momentum2 + 1);
  const double a = fine_structure * z;
  const double screening = fine_structure * fine_structure * std::pow(z, 2.0 / 3) /
                           (4 * momentum2 * 0.885 * 0.885) * (1.13 + 3.76 * a * a / beta2);
  double sum = 0;
  constexpr int steps = 20000;
  for (int i = 0; i < steps; ++i) {  // uniform in the logarithm of sin²(θ/2)
    const double half2 = std::exp(std::log(1e-12) * (1 - (i + 0.5) / steps));
    const double half = std::sqrt(half2);
    const double mott = 1 - beta2 * half2 + sign * pi * a * std::sqrt(beta2) * half * (1 - half);
    const double rutherford =
        std::pow(z * electron_radius, 2) / (4 * beta2 * momentum2) / std::pow(half2 + screening, 2);
    sum += rutherford * mott * 2 * half2 * 4 * pi * half2;
  }
  return sum * -std::log(1e-12) / steps;
}

TEST(TransportCrossSection, IsThatOfMottOffLightNuclei) {
  for (const int z : {6, 13}) {
    for (const double energy : {0.1, 0.3, 1.0, 3.0}) {
      for (const double sign : {1.0, -1.0}) {
        const auto kind = sign > 0 ? ParticleKind::electron : ParticleKind::positron;
        const double increase = 1 + 0.30 / (1 + std::sqrt(1000 * energy));
        const double expected = increase * mckinley_feshbach(sign, energy, z);
        EXPECT_NEAR(transport_cross_section(kind, energy, z), expected, 0.05 * expected)
            << z << " " << energy << " " << sign;
      }
    }
  }
}

TEST(TransportCrossSection, FallsWithTheEnergyAndHasNoGap) {
  for (const int z : {1, 7, 14, 74, 92}) {
    double before = transport_cross_section(ParticleKind::electron, 1e-3, z);
    for (double energy = 1.05e-3; energy < 1e6; energy *= 1.05) {
      const double now = transport_cross_section(ParticleKind::electron, energy, z);
      EXPECT_LT(now, before) << z << " " << energy;
      EXPECT_GT(now, 0.85 * before) << z << " " << energy;
      before = now;
    }
    EXPECT_LT(transport_cross_section(ParticleKind::positron, 1, z),
              transport_cross_section(ParticleKind::electron, 1, z));
    EXPECT_EQ(transport_cross_section(ParticleKind::positron, 20, z),
              transport_cross_section(ParticleKind::electron, 20, z));
  }
}

}  // namespace
}  // namespace showergan::montecarlo
