#include "physics/summary/profile_maximum.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(ProfileMaximum, IsTheVertexOfAParabola) {
  for (const double vertex : {1.0, 1.4, 2.5, 3.49}) {
    std::vector<double> profile;
    for (int i = 0; i < 6; ++i) profile.push_back(100 - 3 * (i - vertex) * (i - vertex));
    EXPECT_NEAR(profile_maximum(profile), vertex, 1e-12);
  }
}

TEST(ProfileMaximum, AtAnEndIsThatSlice) {
  EXPECT_EQ(profile_maximum(std::vector<double>{5, 4, 1}), 0);
  EXPECT_EQ(profile_maximum(std::vector<double>{1, 4, 5}), 2);
  EXPECT_EQ(profile_maximum(std::vector<double>{7}), 0);
}

TEST(ProfileMaximum, OfWhatHasNoneIsItsFirstSlice) {
  EXPECT_EQ(profile_maximum(std::vector<double>{2, 2, 2}), 0);
  EXPECT_EQ(profile_maximum({}), 0);
}

}  // namespace
}  // namespace showergan::physics
