#include "shower/condition.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "support/error_text.hpp"

namespace showergan {
namespace {

TEST(ValueOf, KnowsTheNames) {
  const Condition condition{100.0F, 1.5F, 0.25F};
  EXPECT_EQ(value_of(condition, "energy"), 100.0F);
  EXPECT_EQ(value_of(condition, "theta"), 1.5F);
  EXPECT_EQ(value_of(condition, "phi"), 0.25F);
  EXPECT_EQ(test::input_error([&] { value_of(condition, "spin"); }),
            "there is no condition 'spin' (known: energy, theta, phi)");
}

TEST(UniformCondition, StayInTheRangeAndFillIt) {
  const std::vector<float> energies = uniform_condition("energy", 1, 0, 20000, 10.0F, 500.0F);
  double sum = 0;
  float low = 500.0F;
  float high = 10.0F;
  for (const float e : energies) {
    ASSERT_GE(e, 10.0F);
    ASSERT_LE(e, 500.0F);
    sum += e;
    low = std::min(low, e);
    high = std::max(high, e);
  }
  EXPECT_NEAR(sum / 20000.0, 255.0, 3.0);
  EXPECT_LT(low, 11.0F);
  EXPECT_GT(high, 499.0F);
}

TEST(UniformCondition, DependOnSeedAndIndexOnly) {
  const std::vector<float> all = uniform_condition("energy", 5, 0, 100, 1.0F, 2.0F);
  const std::vector<float> part = uniform_condition("energy", 5, 40, 7, 1.0F, 2.0F);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), all.begin() + 40));
  EXPECT_NE(all, uniform_condition("energy", 6, 0, 100, 1.0F, 2.0F));
}

TEST(UniformCondition, OneValueIsARange) {
  EXPECT_EQ(uniform_condition("energy", 5, 0, 3, 7.0F, 7.0F), std::vector<float>(3, 7.0F));
  EXPECT_TRUE(uniform_condition("energy", 5, 0, 0, 1.0F, 2.0F).empty());
}

TEST(UniformCondition, IsIndependentBetweenConditions) {
  EXPECT_NE(uniform_condition("energy", 5, 0, 10, 0.0F, 1.0F),
            uniform_condition("theta", 5, 0, 10, 0.0F, 1.0F));
  EXPECT_THROW(uniform_condition("spin", 5, 0, 10, 0.0F, 1.0F), InputError);
}

TEST(SetValue, IsWhatValueOfReads) {
  Condition condition;
  set_value(condition, "theta", 1.25F);
  EXPECT_EQ(value_of(condition, "theta"), 1.25F);
  EXPECT_EQ(condition.theta, 1.25F);
}

}  // namespace
}  // namespace showergan
