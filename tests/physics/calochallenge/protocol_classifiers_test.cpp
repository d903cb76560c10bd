#include "physics/calochallenge/protocol_classifiers.hpp"

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

constexpr ClassifierOptions kOnce = {.seeds = 1, .seed = 1, .threads = 2};

class ProtocolClassifiers : public testing::Test {
 protected:
  static ShowerBatch batch(std::uint64_t seed, std::uint64_t count, float factor) {
    ShowerBatch showers = test::synthetic_voxels(seed, count, 1, 0);
    for (float& cell : showers.cells) cell *= factor;
    return showers;
  }
  static CompactImages images(const ImageSelection& selection, const ShowerBatch& showers) {
    CompactImages compact(selection);
    compact.append(showers);
    return compact;
  }
};

TEST_F(ProtocolClassifiers, FeaturesTellALargeScaleAndNothingInEqualSets) {
  const ShowerBatch first = batch(1, 500, 1);
  const VoxelSet reference = test::measured_voxels(first, first);
  const VoxelSet same = test::measured_voxels(batch(2, 500, 1), first);
  const VoxelSet hot = test::measured_voxels(batch(2, 500, 10), first);
  const ClassifierResult nothing = protocol_auc_high({reference, same}, kOnce);
  EXPECT_NEAR(*nothing.auc, 0.5, 4 * nothing.error);
  EXPECT_GT(*protocol_auc_high({reference, hot}, kOnce).auc, 0.9);
}

TEST_F(ProtocolClassifiers, CellsTellALargeScale) {
  const ShowerBatch first = batch(1, 500, 1);
  const ShowerBatch second = batch(2, 500, 10);
  const VoxelSet reference = test::measured_voxels(first, first);
  const VoxelSet candidate = test::measured_voxels(second, first);
  const auto [r, c] = selected_images({reference, candidate}, 300);
  EXPECT_EQ(r.rows.size(), 300u);
  EXPECT_NEAR(r.energy[7], reference.energy()[static_cast<std::size_t>(r.rows[7])] / 1000, 1e-9);
  const CompactImages images_r = images(r, first);
  const CompactImages images_c = images(c, second);
  EXPECT_GT(*protocol_auc_low(images_r, images_c, kOnce).auc, 0.9);
  const ClassifierResult cnn = protocol_auc_cnn(reference, images_r, images_c, kOnce);
  EXPECT_FALSE(cnn.auc);
  EXPECT_NE(cnn.reason.find("layers are cut differently"), std::string::npos);
}

TEST_F(ProtocolClassifiers, NeedShowers) {
  const ShowerBatch first = batch(1, 20, 1);
  const VoxelSet few = test::measured_voxels(first, first);
  EXPECT_EQ(protocol_auc_high({few, few}, kOnce).reason, "fewer than 50 showers of each set");
}

}  // namespace
}  // namespace showergan::physics
