#include "training/moving_average.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::training {
namespace {

TEST(MovingAverage, OfAConstantIsExactlyTheConstant) {
  MovingAverage moving(0.999);
  const std::vector<float> values = {0.1F, -3.7F, 1e-20F, 12345.678F};
  std::vector<float> average = values;
  for (int i = 0; i < 1000; ++i) moving.update(average, values);
  EXPECT_EQ(average, values);
}

TEST(MovingAverage, StartsShortAndEndsAtItsDecay) {
  MovingAverage moving(0.9);
  EXPECT_EQ(moving.next_decay(), 0.1);
  moving.set_updates(8);
  EXPECT_EQ(moving.next_decay(), 0.5);
  moving.set_updates(80);
  EXPECT_EQ(moving.next_decay(), 0.9);
  moving.set_updates(1'000'000'000'000);
  EXPECT_EQ(moving.next_decay(), 0.9);
}

TEST(MovingAverage, FollowsItsDefinition) {
  MovingAverage moving(0.15);
  std::vector<float> average = {1};
  moving.update(average, std::vector<float>{2});  // decay 1/10
  EXPECT_NEAR(average[0], 1.9, 1e-6);
  moving.update(average, std::vector<float>{2});  // decay 0.15, less than 2/11
  EXPECT_NEAR(average[0], 1.985, 1e-6);
}

TEST(MovingAverage, DoesNotRememberTheFirstWeightsForEver) {
  MovingAverage moving(0.9999);
  std::vector<float> average = {1000};
  for (int i = 0; i < 100; ++i) moving.update(average, std::vector<float>{0});
  EXPECT_LT(std::fabs(average[0]), 1e-6);
}

TEST(MovingAverage, WithoutDecayIsTheLastValue) {
  MovingAverage moving(0);
  std::vector<float> average = {1};
  moving.update(average, std::vector<float>{0.375F});
  EXPECT_EQ(average[0], 0.375F);
}

TEST(MovingAverage, WithItsCountGoesOnAsIfItHadNotStopped) {
  MovingAverage first(0.99);
  std::vector<float> average = {1, 2, 3};
  const std::vector<float> values = {0.5F, -4, 7};
  for (int i = 0; i < 5; ++i) first.update(average, values);
  EXPECT_EQ(first.updates(), 5);
  MovingAverage second(0.99);
  second.set_updates(5);
  std::vector<float> resumed = average;
  first.update(average, values);
  second.update(resumed, values);
  EXPECT_EQ(resumed, average);
}

TEST(MovingAverage, RefusesADecayOutOfRange) {
  EXPECT_EQ(test::input_error([] { MovingAverage(1); }),
            "the decay of the moving average is out of range (it is 1); it must be 0 or more and "
            "below 1");
  EXPECT_THROW(MovingAverage(-0.1), InputError);
  EXPECT_THROW(MovingAverage(std::nan("")), InputError);
}

}  // namespace
}  // namespace showergan::training
