#include "montecarlo/octave_table.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

OctaveTable<3> powers(double least, double greatest) {
  return {least, greatest, [](double x) { return std::array{3 * x - 1, std::sqrt(x), 1 / x}; }};
}

TEST(OctaveTable, IsExactAtItsSixteenStepsOfEachOctave) {
  const OctaveTable<3> table = powers(0.25, 8);
  for (double octave = 0.25; octave < 8; octave *= 2) {
    for (int step = 0; step < 16; ++step) {
      const double x = octave * (1 + step / 16.0);
      EXPECT_EQ(table.place(x).fraction, 0) << x;
      EXPECT_EQ(table(x, 1), std::sqrt(x)) << x;
      EXPECT_EQ(table(x, 2), 1 / x) << x;
    }
  }
}

/// A chord of 1/16 of x is off by f''/f · x²/2048 at most.
TEST(OctaveTable, IsLinearInBetween) {
  const OctaveTable<3> table = powers(1e-4, 1e6);
  double worst_root = 0;
  double worst_inverse = 0;
  for (double x = 1e-4; x < 1e6; x *= 1.0037) {
    EXPECT_NEAR(table(x, 0), 3 * x - 1, 1e-14 * (3 * x + 1));
    worst_root = std::max(worst_root, std::abs(table(x, 1) / std::sqrt(x) - 1));
    worst_inverse = std::max(worst_inverse, std::abs(table(x, 2) * x - 1));
  }
  EXPECT_LT(worst_root, 0.25 / 2048);
  EXPECT_LT(worst_inverse, 2.0 / 2048);
  EXPECT_GT(worst_inverse, 1.5 / 2048) << "finer than documented";
}

TEST(OctaveTable, OnePlaceServesAllColumns) {
  const OctaveTable<3> table = powers(1, 100);
  const auto place = table.place(7.3);
  for (std::size_t column = 0; column < 3; ++column) {
    EXPECT_EQ(table.at(place, column), table(7.3, column));
  }
}

TEST(OctaveTable, RoundsItsRangeOutwardsToOctaves) {
  const OctaveTable<3> table = powers(3, 5);
  EXPECT_EQ(table(2, 2), 0.5);
  EXPECT_EQ(table(8, 2), 0.125);
}

TEST(OctaveTable, OutsideIsAsAtTheEnds) {
  const OctaveTable<3> table = powers(2, 8);
  for (const double x : {0.0, 1e-300, 1.0, 1.999999}) EXPECT_EQ(table(x, 2), 0.5) << x;
  for (const double x : {8.000001, 1e5, 1e300}) EXPECT_EQ(table(x, 2), 0.125) << x;
}

TEST(OctaveTable, HasNoJumpsBetweenItsSteps) {
  const OctaveTable<3> table = powers(0.5, 4);
  for (double node = 0.5 + 1.0 / 32; node < 4; node += 1.0 / 32) {
    EXPECT_NEAR(table(std::nextafter(node, 0), 2), table(node, 2), 1e-14) << node;
  }
}

TEST(OctaveTable, FollowsFunctionsOfTheLogarithm) {
  const OctaveTable<> logarithm(1e-12, 1e12, [](double x) { return std::log(x); });
  const OctaveTable<> root(1e-12, 1e12, [](double x) { return std::pow(x, 1.0 / 6); });
  for (double x = 1e-12; x < 1e12; x *= 1.0037) {
    ASSERT_NEAR(logarithm(x), std::log(x), 5e-4) << x;
    ASSERT_NEAR(root(x) / std::pow(x, 1.0 / 6), 1, 1e-4) << x;
  }
}

}  // namespace
}  // namespace showergan::montecarlo
