#include "physics/calochallenge/outside_ranges.hpp"

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

TEST(OutsideRanges, AreNoNoise) {
  const ShowerBatch batch = test::synthetic_voxels(1, 200, 1, 0);
  const ShowerBatch other = test::synthetic_voxels(2, 200, 2, 0);
  EXPECT_FALSE(
      outside_ranges({test::measured_voxels(batch, batch), test::measured_voxels(other, batch)}));
}

TEST(OutsideRanges, AreNamedWhereTheyHideTheCandidate) {
  const ShowerBatch batch = test::synthetic_voxels(1, 200, 1, 0);
  const VoxelSet reference = test::measured_voxels(batch, batch);
  EXPECT_FALSE(outside_ranges({reference, reference}));
  ShowerBatch hot = batch;
  for (float& cell : hot.cells) cell *= 30;
  const VoxelSet candidate = test::measured_voxels(hot, batch);
  const auto text = outside_ranges({reference, candidate});
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("lie outside the range of the histogram"), std::string::npos) << *text;
  EXPECT_NE(text->find("for e_ratio"), std::string::npos) << *text;
}

}  // namespace
}  // namespace showergan::physics
