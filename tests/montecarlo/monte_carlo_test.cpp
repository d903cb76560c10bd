#include "montecarlo/monte_carlo.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "montecarlo/small_detector.hpp"

namespace showergan::montecarlo {
namespace {

using test::sampling_calorimeter;
using test::single_plate;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

Primary electron(double energy) {
  Primary primary;
  primary.energy = energy;
  return primary;
}

TEST(MonteCarlo, EnergyIsDepositedOrEscapes) {
  for (const std::int64_t layers : {1, 20}) {
    const MonteCarlo monte_carlo(sampling_calorimeter(layers), {});
    ShowerRecord record = monte_carlo.record();
    for (const PrimaryKind kind : {PrimaryKind::electron, PrimaryKind::positron,
                                   PrimaryKind::photon, PrimaryKind::neutral_pion}) {
      for (const double energy : {1.0, 2.0, 30.0, 1e3, 2e4}) {
        for (std::uint64_t number = 0; number < 5; ++number) {
          Primary primary = electron(energy);
          primary.kind = kind;
          primary.theta = 0.3 * static_cast<double>(number);
          primary.phi = 1 + static_cast<double>(number);
          primary.spread_x = 8;
          monte_carlo.simulate(primary, 1, number, record);
          const double given = energy_to_give(primary);
          EXPECT_NEAR(record.deposited() + record.escaped(), given, 1e-9 * given)
              << static_cast<int>(kind) << ' ' << energy << ' ' << number << ' ' << layers;
          EXPECT_LE(sum(record.image()), record.deposited() * (1 + 1e-12));
          for (const double cell : record.image()) ASSERT_GE(cell, 0);
        }
      }
    }
  }
}

TEST(MonteCarlo, AShowerDependsOnSeedAndNumberAlone) {
  const MonteCarlo monte_carlo(sampling_calorimeter(20), {});
  ShowerRecord fresh = monte_carlo.record();
  ShowerRecord used = monte_carlo.record();
  monte_carlo.simulate(electron(3e3), 9, 1, used);
  monte_carlo.simulate(electron(1e3), 5, 2, used);
  monte_carlo.simulate(electron(1e3), 5, 2, fresh);
  EXPECT_EQ(fresh.image(), used.image());
  EXPECT_EQ(fresh.escaped(), used.escaped());
  monte_carlo.simulate(electron(1e3), 5, 3, used);
  EXPECT_NE(fresh.image(), used.image());
  monte_carlo.simulate(electron(1e3), 6, 2, used);
  EXPECT_NE(fresh.image(), used.image());
}

/// Mean layer of the signal, and mean signal.
struct Depth {
  double layer = 0;
  double signal = 0;
};

Depth depth(const MonteCarlo& monte_carlo, double energy, int showers,
            PrimaryKind kind = PrimaryKind::electron) {
  const Grid& grid = monte_carlo.grid();
  ShowerRecord record = monte_carlo.record();
  Depth result;
  for (int number = 0; number < showers; ++number) {
    Primary primary = electron(energy);
    primary.kind = kind;
    monte_carlo.simulate(primary, 2, static_cast<std::uint64_t>(number), record);
    for (std::size_t i = 0; i < record.image().size(); ++i) {
      const auto layer = static_cast<double>(i % static_cast<std::size_t>(grid.nz));
      result.layer += layer * record.image()[i];
      result.signal += record.image()[i];
    }
  }
  result.layer /= result.signal;
  result.signal /= showers;
  return result;
}

/// The centre of a shower moves deeper by a radiation length for a factor of e (PDG, "Passage of
/// particles through matter"): here by about a layer, of 1 X₀.
TEST(MonteCarlo, ShowersGoDeeperWithTheLogarithmOfTheEnergy) {
  const MonteCarlo monte_carlo(sampling_calorimeter(26), {});
  const Depth low = depth(monte_carlo, 500, 60);
  const Depth high = depth(monte_carlo, 5e3, 12);
  EXPECT_NEAR(high.layer - low.layer, std::log(10.0), 0.6);
  EXPECT_NEAR(high.signal / low.signal, 10, 0.8);
}

TEST(MonteCarlo, NearlyEverythingStaysInAThickAbsorber) {
  const MonteCarlo monte_carlo(single_plate(test::lead_plate(), 200), {});
  ShowerRecord record = monte_carlo.record();
  double escaped = 0;
  for (std::uint64_t number = 0; number < 20; ++number) {
    monte_carlo.simulate(electron(1e3), 4, number, record);
    EXPECT_NEAR(sum(record.image()), record.deposited(), 1e-9 * record.deposited());
    escaped += record.escaped() / 20;
  }
  EXPECT_LT(escaped, 15) << "backscattered photons and electrons";
  EXPECT_GT(escaped, 0.1);
}

/// A photon has to convert first, after 9/7 X₀ on average: here layers of about 1 X₀.
TEST(MonteCarlo, ShowersOfPhotonsBeginDeeper) {
  const MonteCarlo monte_carlo(sampling_calorimeter(26), {});
  EXPECT_NEAR(
      depth(monte_carlo, 1e3, 40, PrimaryKind::photon).layer - depth(monte_carlo, 1e3, 40).layer,
      0.9, 0.5);
}

TEST(MonteCarlo, WhatLeavesByTheSideEscapes) {
  Detector detector = sampling_calorimeter(10);
  detector.width_x = detector.width_y = 72;  // the cells, and nothing beside them
  const MonteCarlo monte_carlo(detector, {});
  ShowerRecord record = monte_carlo.record();
  Primary primary = electron(2e3);
  primary.theta = 1.2;
  for (std::uint64_t number = 0; number < 5; ++number) {
    monte_carlo.simulate(primary, 4, number, record);
    EXPECT_GT(record.escaped(), 0.1 * primary.energy);
    EXPECT_NEAR(record.escaped() + record.deposited(), primary.energy, 1e-9 * primary.energy);
  }
}

/// However the plates are cut up along the shower, as much leaves by the sides of a block as narrow
/// as the shower.
TEST(MonteCarlo, WhatLeavesByTheSideDoesNotHangOnThePlates) {
  const auto escaped = [](int plates) {
    Detector detector = single_plate(test::lead_plate(), 0);
    detector.width_x = detector.width_y = 16;  // the Molière radius of lead
    detector.cell_x = detector.cell_y = 16;
    detector.layers.front().slabs.assign(static_cast<std::size_t>(plates),
                                         {"Pb", 100.0 / plates, true, false});
    const MonteCarlo monte_carlo(detector, {});
    ShowerRecord record = monte_carlo.record();
    double all = 0;
    for (std::uint64_t number = 0; number < 60; ++number) {
      monte_carlo.simulate(electron(300), 4, number, record);
      all += record.escaped() / 60;
      EXPECT_NEAR(record.escaped() + sum(record.image()), 300, 1e-7);
    }
    return all;
  };
  const double whole = escaped(1);
  EXPECT_GT(whole, 30);
  EXPECT_NEAR(escaped(50) / whole, 1, 0.15);
}

/// The visible energy hangs little on cuts below a plate's thickness, and the balance not at all.
TEST(MonteCarlo, CutsMayBeExtreme) {
  const auto signal = [](double cut, double tracking) {
    Settings settings;
    settings.photon_cut = settings.electron_cut = cut;
    settings.tracking_cut = tracking;
    const MonteCarlo monte_carlo(sampling_calorimeter(20), settings);
    ShowerRecord record = monte_carlo.record();
    double sum_of_images = 0;
    for (std::uint64_t number = 0; number < 20; ++number) {
      monte_carlo.simulate(electron(200), 6, number, record);
      EXPECT_NEAR(record.escaped() + record.deposited(), 200, 1e-7);
      sum_of_images += sum(record.image());
    }
    return sum_of_images;
  };
  const double usual = signal(0.1, 1e-3);
  EXPECT_NEAR(signal(1e-4, 1e-3) / usual, 1, 0.15);
  EXPECT_NEAR(signal(0.7, 0.1) / usual, 1, 0.15);
  EXPECT_GT(signal(1000, 10), 0);
}

/// Electrons of 0.3 MeV, which come 0.1 mm far in tungsten, do not get through 2 mm of it, whatever
/// way the scattering at its surface turns them.
TEST(MonteCarlo, SlowElectronsDoNotCrossThickPlates) {
  Detector detector = sampling_calorimeter(2);
  detector.layers = {{{{"Si", 0.1, true, false}, {"W", 2, false, true}}},
                     {{{"Si", 0.5, true, false}}}};
  const MonteCarlo monte_carlo(detector, {});
  ShowerRecord record = monte_carlo.record();
  double before = 0;
  double behind = 0;
  for (std::uint64_t number = 0; number < 5000; ++number) {
    monte_carlo.simulate(electron(0.3), 4, number, record);
    for (std::size_t i = 0; i < record.image().size(); i += 2) {
      before += record.image()[i];
      behind += record.image()[i + 1];
    }
  }
  EXPECT_GT(before, 100);
  EXPECT_LT(behind, 1e-3 * before);
}

/// Landau's most probable loss of electrons of 50 GeV in 0.5 mm of silicon, with the density
/// effect (PDG, "Passage of particles through matter", eq. 34.13): 0.145 MeV.
TEST(MonteCarlo, ThinSiliconShowsLandausMostProbableLoss) {
  const MonteCarlo monte_carlo(single_plate(test::silicon_plate(), 0.5), {});
  ShowerRecord record = monte_carlo.record();
  std::vector<int> histogram(60);
  for (std::uint64_t number = 0; number < 20000; ++number) {
    monte_carlo.simulate(electron(50e3), 4, number, record);
    const double bin = sum(record.image()) / 0.005;
    if (bin < 60) ++histogram[static_cast<std::size_t>(bin)];
  }
  const auto most = std::ranges::max_element(histogram) - histogram.begin();
  EXPECT_NEAR((static_cast<double>(most) + 0.5) * 0.005, 0.145, 0.008);
}

TEST(MonteCarlo, BirksLawDimsAScintillator) {
  const auto visible = [](double birks) {
    const MonteCarlo monte_carlo(single_plate(test::polystyrene(birks), 5), {});
    ShowerRecord record = monte_carlo.record();
    double all = 0;
    for (std::uint64_t number = 0; number < 2000; ++number) {
      monte_carlo.simulate(electron(100), 4, number, record);
      all += sum(record.image()) / 2000;
    }
    return all;
  };
  // dE/dx is about 0.2 MeV/mm: with 0.126 mm/MeV some 3 % are lost.
  const double ratio = visible(0.126) / visible(0);
  EXPECT_LT(ratio, 0.985);
  EXPECT_GT(ratio, 0.93);
}

TEST(MonteCarlo, ImagesAreSymmetric) {
  const MonteCarlo monte_carlo(sampling_calorimeter(12), {});
  const Grid grid = monte_carlo.grid();
  ShowerRecord record = monte_carlo.record();
  double moments[2] = {};
  double squares[2] = {};
  constexpr int showers = 150;
  for (int number = 0; number < showers; ++number) {
    Primary primary = electron(1e3);
    primary.spread_x = primary.spread_y = 8;
    monte_carlo.simulate(primary, 8, static_cast<std::uint64_t>(number), record);
    double mean[2] = {};
    for (std::size_t i = 0; i < record.image().size(); ++i) {
      const auto cell = static_cast<std::int64_t>(i) / grid.nz;
      mean[0] += record.image()[i] * static_cast<double>(cell / grid.ny - 4);
      mean[1] += record.image()[i] * static_cast<double>(cell % grid.ny - 4);
    }
    for (int axis : {0, 1}) {
      const double value = mean[axis] / sum(record.image());
      moments[axis] += value;
      squares[axis] += value * value;
    }
  }
  for (int axis : {0, 1}) EXPECT_LT(std::abs(moments[axis]), 4 * std::sqrt(squares[axis])) << axis;
}

TEST(MonteCarlo, APrimaryBesideThePlatesEscapes) {
  Detector detector = sampling_calorimeter(20);
  detector.width_x = detector.width_y = 100;
  const MonteCarlo monte_carlo(detector, {});
  ShowerRecord record = monte_carlo.record();
  Primary primary = electron(1e3);
  primary.kind = PrimaryKind::neutral_pion;
  primary.y = 50.1;
  monte_carlo.simulate(primary, 1, 1, record);
  EXPECT_EQ(record.deposited(), 0);
  EXPECT_NEAR(record.escaped(), energy_to_give(primary), 1e-9);
  primary.y = 49.9;
  monte_carlo.simulate(primary, 1, 1, record);
  EXPECT_GT(record.deposited(), 0);
}

}  // namespace
}  // namespace showergan::montecarlo
