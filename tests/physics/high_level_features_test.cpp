#include "physics/high_level_features.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

TEST(HighLevelFeatures, AreEnergiesCentresWidthsAndSumInThisOrder) {
  ShowerBatch batch = test::batch_of({3, 3, 2}, 50, {});
  test::add_shower(batch, 10, {{0, 1, 0, 1}, {2, 1, 0, 1}, {2, 0, 1, 0.5F}});
  const ShowerSet set = test::measured(batch);
  const FeatureMatrix features = high_level_features(Sample(set, {1}));
  ASSERT_EQ(features.rows(), 1u);
  // Layer 0: two cells of 1 GeV at x = −1 and 1 mm; layer 1: one at x = 1, y = −1.
  const double wanted[] = {0.2, 0.05,  // energy
                           0,   1,     // centre x
                           0,   -1,    // centre y
                           1,   0,     // width x
                           0,   0,     // width y
                           0.25};
  ASSERT_EQ(features.columns(), std::size(wanted));
  for (std::size_t k = 0; k < std::size(wanted); ++k) {
    EXPECT_NEAR(features.row(0)[k], wanted[k], 1e-7) << k;
  }
}

TEST(HighLevelFeatures, AnEmptyShowerHasZeros) {
  const ShowerSet set = test::measured(test::batch_of({3, 3, 2}, 50, {}));
  const FeatureMatrix features = high_level_features(Sample(set));
  for (const double value : features.row(0)) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace showergan::physics
