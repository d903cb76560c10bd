#include "physics/moments.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(Moments, OfOneSliceAreItsPlaceAndNoWidth) {
  const Moments result = moments(std::vector<double>{0, 0, 0, 5});
  EXPECT_EQ(result.first, 3);
  EXPECT_EQ(result.second, 0);
}

TEST(Moments, OfTwoSlices) {
  // M1 = (0·1 + 4·3)/4 = 3, M2 = (9·1 + 1·3)/4 = 3.
  const Moments result = moments(std::vector<double>{1, 0, 0, 0, 3});
  EXPECT_DOUBLE_EQ(result.first, 3);
  EXPECT_DOUBLE_EQ(result.second, 3);
}

TEST(Moments, OfSymmetricSlicesLieInTheMiddle) {
  EXPECT_DOUBLE_EQ(moments(std::vector<double>{1, 2, 7, 2, 1}).first, 2);
}

TEST(Moments, OfNothingAreZero) {
  EXPECT_EQ(moments(std::vector<double>{0, 0}).first, 0);
  EXPECT_EQ(moments(std::vector<double>{}).second, 0);
}

}  // namespace
}  // namespace showergan::physics
