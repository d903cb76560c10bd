// Whole showers that are read out in a mesh around their axis.

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "montecarlo/monte_carlo.hpp"
#include "montecarlo/small_detector.hpp"

namespace showergan::montecarlo {
namespace {

/// Every layer of a calorimeter in these rings and sectors.
Binning mesh(std::int64_t layers, const std::vector<double>& edges, std::int64_t sectors) {
  Binning binning;
  for (int id = 0; id < layers; ++id) binning.layers.push_back({id, edges, sectors});
  return binning;
}

Primary electron(double energy) {
  Primary primary;
  primary.energy = energy;
  return primary;
}

/// What each layer shows.
std::vector<double> by_layer(const std::vector<double>& image, const Grid& grid) {
  std::vector<double> sums(static_cast<std::size_t>(grid.nz));
  for (std::size_t i = 0; i < image.size(); ++i) sums[i % sums.size()] += image[i];
  return sums;
}

TEST(MeshShowers, HoldTheEnergyOfTheCells) {
  Detector detector = test::sampling_calorimeter(12);
  detector.grid.nx = detector.grid.ny = 1;
  detector.cell_x = detector.cell_y = detector.width_x;  // all of it, as the outermost ring
  Binning binning = mesh(12, {0, 4, 1e5}, 8);
  binning.layers[3] = {3, {0, 1, 2, 3, 1e5}, 1};
  binning.layers[7] = {7, {0, 1e5}, 50};
  const MonteCarlo cells(detector, {});
  const MonteCarlo rings(detector, {}, binning);
  ShowerRecord cell_record = cells.record();
  ShowerRecord ring_record = rings.record();
  EXPECT_EQ(rings.grid(), (Grid{4, 50, 12}));
  for (std::uint64_t number = 0; number < 12; ++number) {
    Primary primary = electron(500);
    primary.theta = 0.1 * static_cast<double>(number);
    primary.phi = static_cast<double>(number);
    primary.spread_x = 8;
    cells.simulate(primary, 3, number, cell_record);
    rings.simulate(primary, 3, number, ring_record);
    EXPECT_EQ(cell_record.deposited(), ring_record.deposited());
    EXPECT_EQ(cell_record.escaped(), ring_record.escaped());
    EXPECT_EQ(cell_record.impact(), ring_record.impact());
    const std::vector<double> expected = by_layer(cell_record.image(), cells.grid());
    const std::vector<double> got = by_layer(ring_record.image(), rings.grid());
    ASSERT_EQ(expected.size(), got.size());
    for (std::size_t layer = 0; layer < got.size(); ++layer) {
      EXPECT_NEAR(got[layer], expected[layer], 1e-12 * expected[layer]) << number << ' ' << layer;
    }
  }
}

TEST(MeshShowers, LeaveOutWhatIsBesideTheRings) {
  const MonteCarlo all(test::sampling_calorimeter(12), {}, mesh(12, {0, 5, 1e5}, 1));
  const MonteCarlo core(test::sampling_calorimeter(12), {}, mesh(12, {0, 5}, 1));
  ShowerRecord all_record = all.record();
  ShowerRecord core_record = core.record();
  all.simulate(electron(1e3), 1, 1, all_record);
  core.simulate(electron(1e3), 1, 1, core_record);
  const auto begin = all_record.image().begin();
  EXPECT_EQ(core_record.image(), std::vector<double>(begin, begin + 12));
  EXPECT_GT(std::accumulate(begin + 12, begin + 24, 0.0), 0);
  EXPECT_EQ(core_record.deposited(), all_record.deposited());
}

/// Sums over showers, with what is needed for their errors.
struct Statistic {
  double sum = 0;
  double squares = 0;
  double count = 0;

  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return sum / count; }
  double error() const { return std::sqrt((squares / count - mean() * mean()) / count); }
};

TEST(MeshShowers, HaveNoPreferredSector) {
  constexpr std::int64_t sectors = 6;
  const MonteCarlo monte_carlo(test::sampling_calorimeter(12), {}, mesh(12, {0, 2, 60}, sectors));
  ShowerRecord record = monte_carlo.record();
  Statistic share[2][sectors];
  for (std::uint64_t number = 0; number < 300; ++number) {
    Primary primary = electron(500);
    primary.spread_x = primary.spread_y = 8;  // the mesh follows
    monte_carlo.simulate(primary, 8, number, record);
    const std::vector<double>& image = record.image();
    for (std::size_t ring = 0; ring < 2; ++ring) {
      for (std::size_t sector = 0; sector < sectors; ++sector) {
        const auto first = image.begin() + static_cast<std::ptrdiff_t>((ring * 6 + sector) * 12);
        share[ring][sector].add(std::accumulate(first, first + 12, 0.0));
      }
    }
  }
  for (const auto& ring : share) {
    double mean = 0;
    for (const Statistic& sector : ring) mean += sector.mean() / sectors;
    EXPECT_GT(mean, 0);
    for (const Statistic& sector : ring) EXPECT_NEAR(sector.mean(), mean, 4 * sector.error());
  }
}

/// Energy-weighted mean place across the axis, in rings 0.5 mm wide, of layers 2 to 5.
std::pair<Statistic, Statistic> centre(double theta, double phi) {
  constexpr std::int64_t sectors = 16;
  std::vector<double> edges;
  for (int i = 0; i <= 60; ++i) edges.push_back(0.5 * i);
  const MonteCarlo monte_carlo(test::sampling_calorimeter(6), {}, mesh(6, edges, sectors));
  ShowerRecord record = monte_carlo.record();
  std::pair<Statistic, Statistic> result;
  for (std::uint64_t number = 0; number < 200; ++number) {
    Primary primary = electron(1e3);
    primary.theta = theta;
    primary.phi = phi;
    primary.x = 100;
    monte_carlo.simulate(primary, 5, number, record);
    double sum = 0;
    double x = 0;
    double y = 0;
    for (std::size_t i = 0; i < record.image().size(); ++i) {
      if (i % 6 < 2) continue;
      const double r = 0.5 * (static_cast<double>(i / 6 / sectors) + 0.5);
      const double angle = -pi + two_pi * (static_cast<double>(i / 6 % sectors) + 0.5) / sectors;
      sum += record.image()[i];
      x += record.image()[i] * r * std::cos(angle);
      y += record.image()[i] * r * std::sin(angle);
    }
    result.first.add(x / sum);
    result.second.add(y / sum);
  }
  return result;
}

TEST(MeshShowers, FollowAnInclinedPrimary) {
  for (const double phi : {0.0, 2.5}) {
    for (const double theta : {0.0, 0.5}) {
      SCOPED_TRACE(testing::Message() << theta << ", " << phi);
      const auto [x, y] = centre(theta, phi);
      // Without the axis it would be at 11 · tan 0.5 = 6 mm. Along x' a layer shows more of what is
      // deeper in the shower, which grows here.
      EXPECT_NEAR(x.mean(), 0, theta == 0 ? 4 * x.error() : 1);
      EXPECT_NEAR(y.mean(), 0, 4 * y.error());
      EXPECT_LT(x.error(), 0.2);
      EXPECT_LT(y.error(), 0.2);
    }
  }
}

}  // namespace
}  // namespace showergan::montecarlo
