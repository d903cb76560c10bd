#include "montecarlo/mesh_map.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

/// Layers that are cut differently, as in data set 1 of the CaloChallenge.
const Binning binning{"photon", {{0, {0, 5, 10}, 1}, {1, {2, 4, 6, 20}, 10}, {12, {0, 7}, 4}}};

ShowerAxis::Across polar(double r, double angle) {
  return {r * std::cos(angle), r * std::sin(angle)};
}

/// Of a ring and a sector in a layer.
std::int64_t place(std::int64_t ring, std::int64_t sector, std::int64_t layer) {
  const Grid grid = binning.grid();
  return (ring * grid.ny + sector) * grid.nz + layer;
}

TEST(MeshMap, FindsTheRing) {
  const MeshMap map(binning);
  EXPECT_EQ(map.grid(), binning.grid());
  EXPECT_EQ(map.place({0, 0}, 0), place(0, 0, 0));
  EXPECT_EQ(map.place({-4.999, 0}, 0), place(0, 0, 0));
  EXPECT_EQ(map.place({3, -4}, 0), place(1, 0, 0)) << "an edge belongs to the ring after it";
  EXPECT_EQ(map.place({0, 9.999}, 0), place(1, 0, 0));
  EXPECT_EQ(map.place(polar(19.9, 0.1), 1), place(2, 5, 1));
  EXPECT_EQ(map.place(polar(6.9, 0.1), 2), place(0, 2, 2));
}

TEST(MeshMap, NothingIsReadOutBesideTheRings) {
  const MeshMap map(binning);
  EXPECT_EQ(map.place({6, 8}, 0), -1);
  EXPECT_EQ(map.place({1e9, -1e9}, 0), -1);
  EXPECT_EQ(map.place({0, 1.999}, 1), -1) << "inside of the first ring";
  EXPECT_EQ(map.place({0, -20.001}, 1), -1);
}

/// Sector s of n is from −π + 2π s/n on: XMLHandler of the CaloChallenge.
TEST(MeshMap, SectorsBeginAtMinusPi) {
  const MeshMap map(binning);
  for (std::int64_t sector = 0; sector < 10; ++sector) {
    const double middle = -pi + two_pi * (static_cast<double>(sector) + 0.5) / 10;
    for (const double beside : {-0.31, 0.0, 0.31}) {
      EXPECT_EQ(map.place(polar(5, middle + beside), 1), place(1, sector, 1)) << middle;
    }
  }
  EXPECT_EQ(map.place({-3, 0.0}, 2), place(0, 3, 2)) << "the angle pi";
  EXPECT_EQ(map.place({-3, -0.0}, 2), place(0, 0, 2)) << "the angle -pi";
  EXPECT_EQ(map.place({3, 0}, 2), place(0, 2, 2));
  EXPECT_EQ(map.place({0, -3}, 2), place(0, 1, 2));
}

TEST(MeshMap, ReachesEveryVoxelOfTheFileAndNoOther) {
  const MeshMap map(binning);
  std::set<std::int64_t> places;
  for (std::int64_t layer = 0; layer < 3; ++layer) {
    for (int r = 0; r < 25; ++r) {
      for (int angle = 0; angle < 100; ++angle) {
        places.insert(map.place(polar(r + 0.5, (angle + 0.5) / 100 * two_pi), layer));
      }
    }
  }
  places.erase(-1);
  const std::vector<std::int64_t> voxels = binning.image_positions();
  EXPECT_EQ(places, std::set(voxels.begin(), voxels.end()));
}

}  // namespace
}  // namespace showergan::montecarlo
