#include "montecarlo/primary.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

TEST(Primary, HasNames) {
  EXPECT_EQ(primary_kind("e-"), PrimaryKind::electron);
  EXPECT_EQ(primary_kind("e+"), PrimaryKind::positron);
  EXPECT_EQ(primary_kind("gamma"), PrimaryKind::photon);
  EXPECT_EQ(primary_kind("pi0"), PrimaryKind::neutral_pion);
  for (const char* text : {"", "e", "E-", "mu-", "pi+", "gamma "}) {
    EXPECT_EQ(primary_kind(text), std::nullopt) << text;
  }
}

TEST(Primary, GivesItsKineticEnergyAndWhatItsMassGives) {
  EXPECT_EQ(energy_to_give({PrimaryKind::electron, 100}), 100);
  EXPECT_EQ(energy_to_give({PrimaryKind::photon, 100}), 100);
  EXPECT_NEAR(energy_to_give({PrimaryKind::positron, 100}), 101.0219979, 1e-9);
  EXPECT_NEAR(energy_to_give({PrimaryKind::neutral_pion, 100}), 234.9768, 1e-9);
}

TEST(Primary, EntersWhereAndAsItWasAsked) {
  RandomStream random(1, 0);
  Primary primary{PrimaryKind::positron, 42, 0.3, 2.1, 1.5, -2.5};
  const std::vector<Particle> particles = entering(primary, random);
  ASSERT_EQ(particles.size(), 1U);
  EXPECT_EQ(particles[0].kind, ParticleKind::positron);
  EXPECT_EQ(particles[0].energy, 42);
  EXPECT_EQ(particles[0].position, (Vector3{1.5, -2.5, 0}));
  EXPECT_NEAR(particles[0].direction.x, std::sin(0.3) * std::cos(2.1), 1e-15);
  EXPECT_NEAR(particles[0].direction.y, std::sin(0.3) * std::sin(2.1), 1e-15);
  EXPECT_NEAR(particles[0].direction.z, std::cos(0.3), 1e-15);
  primary.kind = PrimaryKind::electron;
  EXPECT_EQ(entering(primary, random)[0].kind, ParticleKind::electron);
  primary.kind = PrimaryKind::photon;
  EXPECT_EQ(entering(primary, random)[0].kind, ParticleKind::photon);
}

TEST(Primary, SpreadsItsImpactEvenly) {
  Primary primary{PrimaryKind::electron, 1, 0, 0, 3, -7, 2, 5};
  RandomStream random(4, 1);
  constexpr int count = 20000;
  double x = 0;
  double xx = 0;
  double y = 0;
  double yy = 0;
  double xy = 0;
  for (int i = 0; i < count; ++i) {
    const Vector3 place = entering(primary, random)[0].position;
    ASSERT_LE(std::abs(place.x - 3), 1);
    ASSERT_LE(std::abs(place.y + 7), 2.5);
    ASSERT_EQ(place.z, 0);
    x += place.x - 3;
    y += place.y + 7;
    xx += (place.x - 3) * (place.x - 3);
    yy += (place.y + 7) * (place.y + 7);
    xy += (place.x - 3) * (place.y + 7);
  }
  const double error = 1 / std::sqrt(12.0 * count);  // of the mean, by width
  EXPECT_NEAR(x / count, 0, 4 * 2 * error);
  EXPECT_NEAR(y / count, 0, 4 * 5 * error);
  EXPECT_NEAR(xx / count, 4 / 12.0, 0.01);
  EXPECT_NEAR(yy / count, 25 / 12.0, 0.06);
  EXPECT_NEAR(xy / count, 0, 4 * 10 / 12.0 / std::sqrt(count));
}

TEST(Primary, SpreadsItsImpactAsABeam) {
  Primary primary{PrimaryKind::electron, 1, 0, 0, 3, -7};
  primary.sigma = 2;
  RandomStream random(4, 1);
  constexpr int count = 20000;
  double moments[5] = {};  // x, y, xx, yy, xy
  int within = 0;          // one sigma along x
  for (int i = 0; i < count; ++i) {
    const Vector3 place = entering(primary, random)[0].position;
    const double x = (place.x - 3) / 2;
    const double y = (place.y + 7) / 2;
    ASSERT_EQ(place.z, 0);
    const double values[] = {x, y, x * x, y * y, x * y};
    for (int k = 0; k < 5; ++k) moments[k] += values[k] / count;
    within += std::abs(x) < 1 ? 1 : 0;
  }
  const double error = 1 / std::sqrt(count);
  EXPECT_NEAR(moments[0], 0, 4 * error);
  EXPECT_NEAR(moments[1], 0, 4 * error);
  EXPECT_NEAR(moments[2], 1, 4 * std::sqrt(2.0) * error);
  EXPECT_NEAR(moments[3], 1, 4 * std::sqrt(2.0) * error);
  EXPECT_NEAR(moments[4], 0, 4 * error);
  EXPECT_NEAR(within, 0.6827 * count, 4 * std::sqrt(0.6827 * 0.3173 * count));
}

TEST(NeutralPion, DecaysKeepingEnergyAndMomentum) {
  RandomStream random(2, 9);
  for (const double energy : {0.0, 1e-6, 2.0, 150.0, 5e4, 1e6}) {
    for (const double theta : {0.0, 0.7}) {
      SCOPED_TRACE(testing::Message() << energy << " MeV at " << theta);
      const Primary primary{PrimaryKind::neutral_pion, energy, theta, 1.1, 0.25, 0.5};
      const double total = energy + neutral_pion_mass;
      const double momentum = std::sqrt(energy * (energy + 2 * neutral_pion_mass));
      for (int i = 0; i < 200; ++i) {
        const std::vector<Particle> photons = entering(primary, random);
        ASSERT_EQ(photons.size(), 2U);
        Vector3 sum;
        for (const Particle& photon : photons) {
          EXPECT_EQ(photon.kind, ParticleKind::photon);
          EXPECT_GT(photon.energy, 0);
          EXPECT_EQ(photon.position, (Vector3{0.25, 0.5, 0}));
          EXPECT_NEAR(dot(photon.direction, photon.direction), 1, 1e-12);
          sum = sum + photon.energy * photon.direction;
        }
        EXPECT_NEAR(photons[0].energy + photons[1].energy, total, 1e-12 * total);
        EXPECT_NEAR(sum.x, momentum * std::sin(theta) * std::cos(1.1), 1e-9 * total);
        EXPECT_NEAR(sum.y, momentum * std::sin(theta) * std::sin(1.1), 1e-9 * total);
        EXPECT_NEAR(sum.z, momentum * std::cos(theta), 1e-9 * total);
      }
    }
  }
}

/// Isotropic at rest, so even in energy between ½ (E − p) and ½ (E + p).
TEST(NeutralPion, SharesItsEnergyEvenly) {
  RandomStream random(7, 3);
  const Primary primary{PrimaryKind::neutral_pion, 1000};
  const double total = 1000 + neutral_pion_mass;
  const double momentum = std::sqrt(1000 * (1000 + 2 * neutral_pion_mass));
  constexpr int count = 20000;
  int bins[10] = {};
  for (int i = 0; i < count; ++i) {
    const double place =
        (entering(primary, random)[0].energy - 0.5 * (total - momentum)) / momentum;
    ASSERT_GE(place, 0);
    ASSERT_LE(place, 1);
    ++bins[std::min(9, static_cast<int>(10 * place))];
  }
  for (const int found : bins) EXPECT_NEAR(found, count / 10, 4.5 * std::sqrt(count / 10.0));
}

}  // namespace
}  // namespace showergan::montecarlo
