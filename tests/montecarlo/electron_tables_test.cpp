#include "montecarlo/electron_tables.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "media.hpp"
#include "sampled_distribution.hpp"

namespace showergan::montecarlo {
namespace {

constexpr ParticleKind kinds[] = {ParticleKind::electron, ParticleKind::positron};

double loss_of(const MediumPhysics& physics, ParticleKind kind, double energy) {
  return physics.ionisation.loss(kind, energy) + physics.bremsstrahlung.loss(kind, energy);
}

/// In all media, for both kinds.
template <typename Check>
void for_all(Check check) {
  for (const MediumPhysics* physics : {&test::tungsten(), &test::silicon()}) {
    for (const ParticleKind kind : kinds) {
      SCOPED_TRACE(testing::Message()
                   << physics->medium.name << ", kind " << static_cast<int>(kind));
      check(*physics, kind, physics->tables(kind));
    }
  }
}

double range_at(const ElectronTables& tables, double energy) {
  return tables.at(tables.place(energy), ElectronTables::range);
}

TEST(ElectronTables, HoldWhatTheProcessesSay) {
  for_all([](const MediumPhysics& physics, ParticleKind kind, const ElectronTables& tables) {
    for (double energy = 1.0 / 512; energy < 1e6; energy *= 4) {  // nodes
      const auto place = tables.place(energy);
      const double delta_rays = physics.ionisation.cross_section(kind, energy);
      const double radiation = physics.bremsstrahlung.cross_section(kind, energy);
      const bool positron = kind == ParticleKind::positron;
      const double annihilation = positron ? physics.annihilation.cross_section(energy) : 0;
      EXPECT_DOUBLE_EQ(tables.at(place, ElectronTables::loss), loss_of(physics, kind, energy));
      EXPECT_DOUBLE_EQ(tables.at(place, ElectronTables::transport),
                       physics.scattering.transport_path(kind, energy));
      EXPECT_DOUBLE_EQ(tables.at(place, ElectronTables::delta_rays), delta_rays);
      EXPECT_DOUBLE_EQ(tables.at(place, ElectronTables::radiation), radiation);
      EXPECT_DOUBLE_EQ(tables.at(place, ElectronTables::cross_section),
                       delta_rays + radiation + annihilation);
    }
  });
}

/// ∫ dE/loss, in ln E.
TEST(ElectronTables, RangeIsTheIntegralOverTheInverseLoss) {
  for_all([](const MediumPhysics& physics, ParticleKind kind, const ElectronTables& tables) {
    const auto integrand = [&](double log_energy) {
      const double energy = std::exp(log_energy);
      return energy / loss_of(physics, kind, energy);
    };
    for (const double energy : {0.002, 0.02, 0.3, 4.0, 50.0, 2e3, 8e5}) {
      const double from = 1e-3;
      double sum = 0;  // in pieces: the loss has kinks
      double last = from;
      for (double next = from * 1.3; last < energy; next *= 1.3) {
        const double end = std::min(next, energy);
        sum += integral(integrand, std::log(last), std::log(end));
        last = end;
      }
      EXPECT_NEAR(range_at(tables, energy) - range_at(tables, from), sum, 2e-3 * sum) << energy;
    }
    // What is below goes with the root of the energy: R = 2 E/loss.
    EXPECT_NEAR(range_at(tables, 1e-4), 2e-4 / loss_of(physics, kind, 1e-4),
                0.25 * range_at(tables, 1e-4));
  });
}

/// CSDA ranges of ICRU Report 37 hold for cuts beyond all transfers; the restricted one is longer.
TEST(ElectronTables, RangeOfSlowElectronsIsThePublishedOne) {
  // 10 keV … 50 keV in silicon: 3.492e-4, 1.192e-3, 5.6e-3 g/cm² (ESTAR); below the cut's 2 × 80
  // keV all transfers are continuous.
  const ElectronTables& tables = test::silicon().electrons;
  EXPECT_NEAR(range_at(tables, 0.01) * 0.233, 3.492e-4, 0.1 * 3.492e-4);
  EXPECT_NEAR(range_at(tables, 0.05) * 0.233, 5.605e-3, 0.03 * 5.605e-3);
}

TEST(ElectronTables, EnergyOfRangeIsItsInverse) {
  for_all([](const MediumPhysics&, ParticleKind, const ElectronTables& tables) {
    for (double energy = 1.1e-3; energy < 1e6; energy *= 1.7) {
      EXPECT_NEAR(tables.energy_of_range(range_at(tables, energy)), energy, 2e-3 * energy);
    }
  });
}

/// The energy left after `path`, by the fourth-order method of Runge and Kutta.
double integrated_loss(const MediumPhysics& physics, ParticleKind kind, double energy,
                       double path) {
  constexpr int steps = 400;
  const double h = path / steps;
  const auto slope = [&](double e) { return -loss_of(physics, kind, std::max(e, 1e-5)); };
  double e = energy;
  for (int i = 0; i < steps; ++i) {
    const double k1 = slope(e);
    const double k2 = slope(e + h / 2 * k1);
    const double k3 = slope(e + h / 2 * k2);
    const double k4 = slope(e + h * k3);
    e += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return energy - e;
}

TEST(ElectronTables, MeanLossIsTheIntegralOfTheLoss) {
  for_all([](const MediumPhysics& physics, ParticleKind kind, const ElectronTables& tables) {
    for (const double energy : {0.01, 0.1, 0.77, 3.3, 29.0, 900.0, 4.7e4}) {
      const auto place = tables.place(energy);
      const double range = tables.at(place, ElectronTables::range);
      for (const double part : {1e-6, 1e-4, 3e-3, 0.02, 0.08, 0.14, 0.2, 0.5, 0.8}) {
        const double path = part * range;
        const double expected = integrated_loss(physics, kind, energy, path);
        EXPECT_NEAR(tables.mean_loss(place, energy, path), expected, 0.01 * expected)
            << energy << " MeV, " << part << " of the range";
      }
    }
  });
}

TEST(ElectronTables, MeanLossIsTheWholeEnergyWhereTheRangeEnds) {
  for_all([](const MediumPhysics&, ParticleKind, const ElectronTables& tables) {
    for (const double energy : {0.002, 0.3, 40.0, 1e5}) {
      const auto place = tables.place(energy);
      const double range = tables.at(place, ElectronTables::range);
      EXPECT_EQ(tables.mean_loss(place, energy, range), energy);
      EXPECT_EQ(tables.mean_loss(place, energy, 2 * range), energy);
      EXPECT_EQ(tables.mean_loss(place, energy, 0), 0);
      double last = 0;
      for (double part = 0.005; part < 1; part += 0.005) {
        const double lost = tables.mean_loss(place, energy, part * range);
        EXPECT_GE(lost, last) << energy << " MeV, " << part;
        EXPECT_LE(lost, energy);
        last = lost;
      }
      EXPECT_GT(last, 0.9 * energy);
    }
  });
}

TEST(ElectronTables, TheBoundIsNotExceededInTheLongestStep) {
  for_all([](const MediumPhysics&, ParticleKind kind, const ElectronTables& tables) {
    for (double energy = 1.01e-3; energy < 1e6; energy *= 1.013) {
      const auto place = tables.place(energy);
      const double range = tables.at(place, ElectronTables::range);
      const double bound = tables.bound(place);
      const double after =
          energy - tables.mean_loss(place, energy, tables.step_limit(range) * 0.999999);
      double largest = 0;
      for (int i = 0; i <= 50; ++i) {
        const double now = std::max(energy - (energy - after) * i / 50, 1e-4);
        largest = std::max(largest, tables.at(tables.place(now), ElectronTables::cross_section));
      }
      EXPECT_GE(bound, largest * (1 - 1e-12)) << energy;
      // And it is not so far above that steps are wasted.
      if (kind == ParticleKind::electron && energy > 1) {
        EXPECT_LT(bound, 1.1 * largest) << energy;
      }
    }
  });
}

TEST(ElectronTables, StepsAreLimitedAsGeant4s) {
  Settings settings;
  settings.step_of_range = 0.25;
  settings.final_range = 0.4;
  const MediumPhysics physics(test::material("Si", 2.33), settings);
  const ElectronTables& tables = physics.electrons;
  for (const double range : {1e-5, 0.1, 0.4}) EXPECT_EQ(tables.step_limit(range), range);
  EXPECT_NEAR(tables.step_limit(0.4 + 1e-12), 0.4, 1e-11);
  EXPECT_DOUBLE_EQ(tables.step_limit(0.8), 0.25 * 0.8 + 0.4 * 0.75 * (2 - 0.5));
  EXPECT_NEAR(tables.step_limit(1e6) / 1e6, 0.25, 1e-5);
  for (double range = 0.01; range < 1e4; range *= 1.1) {
    EXPECT_LE(tables.step_limit(range), range);
    EXPECT_LT(tables.step_limit(range), tables.step_limit(1.1 * range));
  }
}

}  // namespace
}  // namespace showergan::montecarlo
