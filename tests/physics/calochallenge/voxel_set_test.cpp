#include "physics/calochallenge/voxel_set.hpp"

#include <algorithm>
#include <numeric>

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

TEST(VoxelSetTest, DoesNotDependOnThreadsOrBatches) {
  const ShowerBatch batch = test::synthetic_voxels(1, 40, 1, 0);
  const VoxelSet whole = test::measured_voxels(batch, batch, 3);
  VoxelSet cut(test::irregular_binning(), protocol_of(test::irregular_binning()),
               {whole.voxel_edges().begin(), whole.voxel_edges().end()});
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    ShowerBatch one;
    one.grid = batch.grid;
    one.energy = {batch.energy[static_cast<std::size_t>(i)]};
    one.cells.assign(batch.shower(i).begin(), batch.shower(i).end());
    cut.append(one, 1);
  }
  EXPECT_TRUE(std::ranges::equal(cut.total(), whole.total()));
  EXPECT_TRUE(std::ranges::equal(cut.energy(), whole.energy()));
  for (std::int64_t row = 0; row < batch.size(); ++row) {
    EXPECT_TRUE(std::ranges::equal(cut.voxel_counts(row), whole.voxel_counts(row)));
    for (const LayerQuantity quantity : kAllLayerQuantities) {
      EXPECT_TRUE(std::ranges::equal(cut.quantity(quantity, row), whole.quantity(quantity, row)));
    }
  }
}

TEST(VoxelSetTest, CountsEveryVoxelAboveTheThreshold) {
  const ShowerBatch batch = test::synthetic_voxels(1, 10, 1, 0);
  const VoxelSet set = test::measured_voxels(batch, batch);
  for (std::int64_t row = 0; row < set.size(); ++row) {
    const auto counts = set.voxel_counts(row);
    const auto above = std::ranges::count_if(
        batch.shower(row), [](float cell) { return static_cast<double>(cell) >= 1e-6; });
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0u), above) << row;
  }
}

TEST(VoxelSetTest, AnEmptyShowerHasNoEnergy) {
  const ShowerBatch batch = test::synthetic_voxels(1, 10, 1, 0);
  const VoxelSet set = test::measured_voxels(batch, batch);
  EXPECT_EQ(set.total()[7], 0);
  EXPECT_EQ(set.empty_showers(), 1);
  EXPECT_EQ(largest_voxel({}), 0);
}

TEST(VoxelSetTest, MustFitTheBinning) {
  const Binning other = {"e", {{0, {0, 1}, 1}}};
  VoxelSet set(other, protocol_of(other), {1, 2});
  const std::string text =
      test::input_error([&] { set.append(test::synthetic_voxels(1, 1, 1, 0), 1); });
  EXPECT_NE(text.find("do not fit the binning"), std::string::npos) << text;
}

}  // namespace
}  // namespace showergan::physics
