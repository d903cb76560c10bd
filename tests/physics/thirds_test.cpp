#include "physics/thirds.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(Thirds, Of25LayersAre8And8And9) {
  const auto thirds = third_fractions(std::vector<double>(25, 2.0));
  EXPECT_DOUBLE_EQ(thirds[0], 8.0 / 25);
  EXPECT_DOUBLE_EQ(thirds[1], 8.0 / 25);
  EXPECT_DOUBLE_EQ(thirds[2], 9.0 / 25);
}

TEST(Thirds, OfAnEmptyShowerAreZero) {
  EXPECT_EQ(third_fractions(std::vector<double>(6, 0.0)), (std::array<double, 3>{0, 0, 0}));
}

TEST(Thirds, OfFewerThanThreeLayersAreTheLast) {
  EXPECT_EQ(third_fractions(std::vector<double>{1, 1}), (std::array<double, 3>{0, 0, 1}));
}

}  // namespace
}  // namespace showergan::physics
