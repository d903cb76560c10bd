#include "shower/binning.hpp"

#include <set>

#include <gtest/gtest.h>

namespace showergan {
namespace {

/// Layers that are cut differently, as in data set 1 of the CaloChallenge.
const Binning binning{"photon", {{0, {0, 5, 10}, 1}, {1, {0, 2, 4, 6}, 10}, {12, {0, 7}, 1}}};

TEST(Binning, HasTheGridOfTheFinestLayers) {
  EXPECT_EQ(binning.grid(), (Grid{3, 10, 3}));
  EXPECT_EQ(binning.voxels(), 2 + 30 + 1);
}

TEST(Binning, PositionsAreDistinctAndInTheImage) {
  const std::vector<std::int64_t> positions = binning.image_positions();
  EXPECT_EQ(static_cast<std::int64_t>(positions.size()), binning.voxels());
  EXPECT_EQ(std::set(positions.begin(), positions.end()).size(), positions.size());
  for (const std::int64_t position : positions) {
    EXPECT_GE(position, 0);
    EXPECT_LT(position, binning.grid().cells());
  }
  // Ring 1 of sector 2 of the second layer, after the 2 voxels of the first.
  EXPECT_EQ(positions[2 + 2 * 3 + 1], (1 * 10 + 2) * 3 + 1);
}

}  // namespace
}  // namespace showergan
