#include "physics/classifier/feature_table.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

TEST(HighLevelFeaturesTest, AreThoseOfAShowerThatIsKnown) {
  // Layer 0: 1 GeV each at x = 1 and x = 2, so 0.5 cells of 1 mm off the axis; layer 1 is empty.
  ShowerBatch batch = test::batch_of({3, 3, 2}, 100, {{1, 1, 0, 1.0f}, {2, 1, 0, 1.0f}});
  const ShowerSet set = test::measured(batch);
  const FeatureTable table = classifier_features(Sample(set));
  ASSERT_EQ(table.width, 12u);
  ASSERT_EQ(table.size(), 1);
  const double expected[] = {0.02, 0, 0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.02, 2};
  for (std::size_t i = 0; i < table.width; ++i)
    EXPECT_NEAR(table.row(0)[i], expected[i], 1e-6) << i;
}

TEST(HighLevelFeaturesTest, AreInTheOrderOfTheSample) {
  ShowerBatch batch = test::batch_of({1, 1, 1}, 100, {{0, 0, 0, 1.0f}});
  test::add_shower(batch, 10, {{0, 0, 0, 1.0f}});
  const ShowerSet set = test::measured(batch);
  const FeatureTable table = classifier_features(Sample(set));
  EXPECT_FLOAT_EQ(table.row(0).back(), 1);
  EXPECT_FLOAT_EQ(table.row(1).back(), 2);
}

TEST(FeatureScaleTest, IsThatOfItsOwnShowers) {
  const FeatureScale scale = scale_of({2, {1, 10, 3, 10}});
  EXPECT_EQ(scale.centre, (std::vector<double>{2, 10}));
  EXPECT_EQ(scale.deviation, (std::vector<double>{1, 1}));
  FeatureTable other{2, {5, 20}};
  scale.apply(other);
  EXPECT_EQ(other.values, (std::vector<float>{3, 10}));
}

TEST(StandardiseTest, UsesMeanAndDeviationOfTheReference) {
  FeatureTable reference{2, {1, 10, 3, 30}};
  FeatureTable candidate{2, {5, 20}};
  standardise(reference, candidate);
  EXPECT_EQ(reference.values, (std::vector<float>{-1, -1, 1, 1}));
  EXPECT_EQ(candidate.values, (std::vector<float>{3, 0}));
}

TEST(StandardiseTest, DoesNotDivideWhatDoesNotVary) {
  FeatureTable reference{1, {0.1f, 0.1f, 0.1f}};
  FeatureTable candidate{1, {0.1f, 2.1f}};
  standardise(reference, candidate);
  EXPECT_NEAR(candidate.values[0], 0, 1e-6);
  EXPECT_NEAR(candidate.values[1], 2, 1e-6);
}

}  // namespace
}  // namespace showergan::physics
