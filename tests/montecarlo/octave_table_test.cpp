#include "montecarlo/octave_table.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

TEST(OctaveTable, FollowsFunctionsOfTheLogarithm) {
  const OctaveTable logarithm(1e-12, 1e12, [](double x) { return std::log(x); });
  const OctaveTable root(1e-12, 1e12, [](double x) { return std::pow(x, 1.0 / 6); });
  for (double x = 1e-12; x < 1e12; x *= 1.0037) {
    ASSERT_NEAR(logarithm(x), std::log(x), 5e-4) << x;
    ASSERT_NEAR(root(x) / std::pow(x, 1.0 / 6), 1, 1e-4) << x;
  }
}

TEST(OctaveTable, IsExactAtNodesAndLinearBetween) {
  const OctaveTable square(1, 16, [](double x) { return x * x; });
  EXPECT_EQ(square(1), 1);
  EXPECT_EQ(square(3.5), 12.25);
  EXPECT_EQ(square(16), 256);
  EXPECT_DOUBLE_EQ(square(1 + 0.25 / 16), 0.75 + 0.25 * (17.0 / 16) * (17.0 / 16));
}

TEST(OctaveTable, KeepsTheValueOfItsEnds) {
  const OctaveTable table(0.3, 5, [](double x) { return x; });
  EXPECT_EQ(table(0.25), 0.25);
  EXPECT_EQ(table(0.01), 0.25);
  EXPECT_EQ(table(0), 0.25);
  EXPECT_EQ(table(7), 7);
  EXPECT_EQ(table(1e300), 8);
}

}  // namespace
}  // namespace showergan::montecarlo
