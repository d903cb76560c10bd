#include "training/warm_up.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "training/optimizer.hpp"

namespace showergan::training {
namespace {

TEST(WarmUp, GrowsLinearlyFromOneStepsWorthToOne) {
  constexpr double steps = 50;  // 2.5 epochs of 20 steps
  EXPECT_DOUBLE_EQ(warm_up_factor(0, 2.5, 20), 1 / steps);
  const double growth = warm_up_factor(1, 2.5, 20) - warm_up_factor(0, 2.5, 20);
  for (std::int64_t step = 1; step <= 50; ++step) {
    EXPECT_GT(growth, 0.019);
    EXPECT_NEAR(warm_up_factor(step, 2.5, 20) - warm_up_factor(step - 1, 2.5, 20), growth, 1e-12);
  }
  EXPECT_LT(warm_up_factor(49, 2.5, 20), 1);
  EXPECT_EQ(warm_up_factor(50, 2.5, 20), 1);
  EXPECT_EQ(warm_up_factor(1000000, 2.5, 20), 1);
}

TEST(WarmUp, OfNoEpochsIsNone) {
  EXPECT_EQ(warm_up_factor(0, 0, 20), 1);
}

TEST(WarmUp, OfPartOfAStepIsNone) {
  EXPECT_EQ(warm_up_factor(0, 0.01, 20), 1);
  EXPECT_EQ(warm_up_factor(1, 0.01, 20), 1);
}

TEST(WarmUp, CountsPartsOfStepsAsSteps) {
  EXPECT_EQ(warm_up_factor(0, 1, 2.5), 1.0 / 3);
  EXPECT_LT(warm_up_factor(2, 1, 2.5), 1);
  EXPECT_EQ(warm_up_factor(3, 1, 2.5), 1);
}

TEST(WarmUp, IsNotLongerByARoundingError) {
  EXPECT_GT(0.1 * 3 * 10, 3);
  EXPECT_EQ(warm_up_factor(0, 0.1 * 3, 10), 1.0 / 3);
  EXPECT_EQ(warm_up_factor(3, 0.1 * 3, 10), 1);
}

// In the published training the warm-up never ran: its rate stayed where it was.
TEST(WarmUp, ReallyChangesTheRateThatMovesTheWeights) {
  constexpr double rate = 0.5;
  const auto optimizer = make_optimizer("sgd", {}, 1);
  std::vector<float> weight(1);
  std::vector<double> moves;
  for (std::int64_t step = 0; step < 12; ++step) {
    const double before = weight[0];
    optimizer->update(weight, std::vector<float>{1}, rate * warm_up_factor(step, 1, 10));
    moves.push_back(before - weight[0]);
  }
  EXPECT_NEAR(moves[0], 0.05, 1e-6);
  for (std::size_t step = 1; step <= 10; ++step) EXPECT_GT(moves[step], moves[step - 1] + 0.04);
  EXPECT_NEAR(moves[10], rate, 1e-6);
  EXPECT_NEAR(moves[11], rate, 1e-6);
}

}  // namespace
}  // namespace showergan::training
