#include "physics/metric/outcome.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(Outcome, IsANumberOrAReason) {
  EXPECT_EQ(Outcome(2).value(), 2);
  EXPECT_TRUE(Outcome(0));
  EXPECT_FALSE(Outcome::none("no showers"));
  EXPECT_EQ(Outcome::none("no showers").reason(), "no showers");
}

TEST(Outcome, IsNeverInfiniteOrNaN) {
  EXPECT_FALSE(Outcome(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(Outcome(std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(Outcome(std::numeric_limits<double>::infinity()).reason().empty());
}

TEST(Average, OfNothingIsAReason) {
  Average average;
  EXPECT_EQ(average.outcome("empty").reason(), "empty");
  average.add(1);
  average.add(4);
  EXPECT_EQ(average.outcome("empty").value(), 2.5);
}

}  // namespace
}  // namespace showergan::physics
