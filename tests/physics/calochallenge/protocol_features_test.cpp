#include "physics/calochallenge/protocol_features.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

TEST(ProtocolFeatures, AreThoseOfEveryLayer) {
  const ShowerBatch batch = test::synthetic_voxels(1, 10, 1, 0);
  const VoxelSet set = test::measured_voxels(batch, batch);
  const std::vector<std::int64_t> rows = {7, 3};
  const FeatureMatrix features = protocol_features(set, rows);
  ASSERT_EQ(features.rows(), 2u);
  // 2 sums, 4 layers of 4 quantities, 3 layers that are cut in the angle of 4.
  ASSERT_EQ(features.columns(), 2u + 4 * 4 + 3 * 4);
  EXPECT_NEAR(features.row(1)[0], std::log10(set.energy()[3]), 1e-12);
}

TEST(ProtocolFeatures, OfAnEmptyShowerAreNumbers) {
  const ShowerBatch batch = test::synthetic_voxels(1, 10, 1, 0);
  const VoxelSet set = test::measured_voxels(batch, batch);
  const std::vector<std::int64_t> rows = {7};
  const FeatureMatrix features = protocol_features(set, rows);
  EXPECT_EQ(features.row(0)[1], -8) << "no energy in layer 0";
  EXPECT_EQ(features.row(0)[17], -8) << "nor in all";
  EXPECT_EQ(features.row(0)[18], 1) << "every voxel of layer 0 is empty";
}

TEST(ProtocolFeatures, OfDataSet2Are362) {
  Binning binning;
  for (int id = 0; id < 45; ++id) {
    binning.layers.push_back({id, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 16});
  }
  const VoxelSet set(binning, protocol_of(binning), {1, 2});
  EXPECT_EQ(protocol_features(set, {}).columns(), 362u);
}

}  // namespace
}  // namespace showergan::physics
