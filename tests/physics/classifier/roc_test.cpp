#include "physics/classifier/roc.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(RocAreaTest, CountsPairsInTheRightOrder) {
  // 3 above 2 and 1; 1.5 above 1 only: 3 of 4 pairs.
  EXPECT_DOUBLE_EQ(roc_area(std::vector{3.0, 1.5}, std::vector{2.0, 1.0}).value, 0.75);
  EXPECT_DOUBLE_EQ(roc_area(std::vector{3.0, 4.0}, std::vector{2.0, 1.0}).value, 1);
  EXPECT_DOUBLE_EQ(roc_area(std::vector{1.0, 2.0}, std::vector{3.0, 4.0}).value, 0);
}

TEST(RocAreaTest, CountsATieHalf) {
  EXPECT_DOUBLE_EQ(roc_area(std::vector{1.0, 1.0, 1.0}, std::vector{1.0, 1.0}).value, 0.5);
  // Pairs: (2, 2) a half, (2, 1) one, (1, 2) none, (1, 1) a half, (3, ·) two; of 6.
  EXPECT_DOUBLE_EQ(roc_area(std::vector{2.0, 1.0, 3.0}, std::vector{2.0, 1.0}).value, 4.0 / 6);
}

TEST(RocAreaTest, HasTheErrorOfDeLong) {
  // Parts below of the positives 1 and 0.5, variance of the mean 0.125 / 2; of the negatives above
  // them 0.5 and 1, the same.
  EXPECT_DOUBLE_EQ(roc_area(std::vector{3.0, 1.5}, std::vector{2.0, 1.0}).error,
                   std::sqrt(0.0625 + 0.0625));
  EXPECT_EQ(roc_area(std::vector{3.0, 4.0}, std::vector{2.0, 1.0}).error, 0);
}

TEST(RocAreaTest, HasAnErrorThatIsItsSpread) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  double sum = 0;
  double squares = 0;
  double errors = 0;
  constexpr int kRepeats = 400;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    std::vector<double> positives(60);
    std::vector<double> negatives(90);
    for (double& value : positives) value = normal(random) + 1;
    for (double& value : negatives) value = normal(random);
    const RocArea area = roc_area(positives, negatives);
    sum += area.value;
    squares += area.value * area.value;
    errors += area.error;
  }
  const double mean = sum / kRepeats;
  const double spread = std::sqrt(squares / kRepeats - mean * mean);
  // Two normal distributions one σ apart: Φ(1/√2).
  EXPECT_NEAR(mean, 0.5 * std::erfc(-0.5), 4 * spread / std::sqrt(kRepeats));
  EXPECT_NEAR(errors / kRepeats, spread, 0.15 * spread);
}

TEST(RocCurveTest, GoesThroughEveryScore) {
  const std::vector<RocPoint> points = roc_curve(std::vector{3.0, 1.5}, std::vector{2.0, 1.0});
  const double expected[][2] = {{0, 0}, {0, 0.5}, {0.5, 0.5}, {0.5, 1}, {1, 1}};
  ASSERT_EQ(points.size(), std::size(expected));
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(points[i].negatives, expected[i][0]) << i;
    EXPECT_EQ(points[i].positives, expected[i][1]) << i;
  }
}

TEST(RocCurveTest, TakesEqualScoresInOneStep) {
  const std::vector<RocPoint> points = roc_curve(std::vector{1.0, 1.0}, std::vector{1.0});
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points.back().negatives, 1);
  EXPECT_EQ(points.back().positives, 1);
}

TEST(RocCurveTest, IsThinnedBetweenItsEnds) {
  std::vector<double> positives;
  std::vector<double> negatives;
  for (int i = 0; i < 1000; ++i) (i % 3 == 0 ? positives : negatives).push_back(i);
  const std::vector<RocPoint> points = roc_curve(positives, negatives, 11);
  ASSERT_EQ(points.size(), 11u);
  EXPECT_EQ(points.front().positives, 0);
  EXPECT_EQ(points.back().negatives, 1);
  EXPECT_EQ(points.back().positives, 1);
  for (std::size_t i = 1; i < points.size(); ++i) {
    EXPECT_GE(points[i].negatives, points[i - 1].negatives);
    EXPECT_GE(points[i].positives, points[i - 1].positives);
  }
}

}  // namespace
}  // namespace showergan::physics
