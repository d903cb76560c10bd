#include "physics/report/series.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
using Numbers = std::vector<double>;

TEST(Series, AShortOneStaysAsItIs) {
  const Series series = {"a", {1, 2, 3}, {4, kNan, 6}};
  const Series same = thinned(series, 3);
  EXPECT_EQ(same.x, series.x);
  EXPECT_TRUE(same.low.empty());
}

TEST(Series, ALongOneBecomesMeansAndRanges) {
  const Series series = {"a", {0, 1, 2, 3, 4, 5, 6, 8}, {1, 3, 2, 2, -1, 5, 7, 9}};
  const Series few = thinned(series, 4);  // columns [0,2), [2,4), [4,6), [6,8]
  EXPECT_EQ(few.label, "a");
  EXPECT_EQ(few.x, Numbers({0.5, 2.5, 4.5, 7}));
  EXPECT_EQ(few.y, Numbers({2, 2, 2, 8}));
  EXPECT_EQ(few.low, Numbers({1, 2, -1, 7}));
  EXPECT_EQ(few.high, Numbers({3, 2, 5, 9}));
}

TEST(Series, GapsAndNumbersThatAreNoneDoNotCount) {
  const Series series = {"a", {0, 1, 2, 3, 40, 41, 42}, {1, kNan, 3, kInfinity, -kInfinity, 5, 7}};
  const Series few = thinned(series, 5);
  EXPECT_EQ(few.x, Numbers({1, 41.5}));
  EXPECT_EQ(few.y, Numbers({2, 6}));
  EXPECT_EQ(few.high, Numbers({3, 7}));
  EXPECT_TRUE(thinned({"", {1, 2, 3}, {kNan, kNan, kNan}}, 2).x.empty());
  EXPECT_EQ(thinned({"", {1, 1, 1}, {1, 2, 3}}, 2).y, Numbers({2}));
}

TEST(Series, ALogarithmSuitsPositiveNumbersThatSpanMuch) {
  SeriesPanel panel;
  EXPECT_FALSE(suits_logarithm(panel));
  panel.series = {{"", {1, 2, 3}, {1, kNan, 30}}};
  EXPECT_TRUE(suits_logarithm(panel));
  panel.series[0].y[2] = 10;
  EXPECT_FALSE(suits_logarithm(panel));
  panel.series[0].high = {1, kNan, 30};
  panel.series[0].low = {1, kNan, 2};
  EXPECT_TRUE(suits_logarithm(panel)) << "the band counts";
  panel.series.push_back({"zeros", {1, 2}, {0, 0}});
  EXPECT_TRUE(suits_logarithm(panel)) << "what is 0 everywhere does not count";
  panel.series[0] = {"", {1, 2}, {1, 2}};
  EXPECT_FALSE(suits_logarithm(panel));
  panel.floor = Series{"", {1, 2}, {0.01, 0.01}};
  EXPECT_TRUE(suits_logarithm(panel)) << "the floor is far below";
  panel.series[0] = {"", {1, 2}, {1, 30}, {0, 30}, {1, 30}};
  EXPECT_FALSE(suits_logarithm(panel));
}

}  // namespace
}  // namespace showergan::physics
