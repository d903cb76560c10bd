#include "physics/calochallenge/separation_of_counts.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(SeparationOfCounts, IsZeroForEqualAndOneForDisjointDistributions) {
  EXPECT_EQ(separation_of_counts(std::vector<double>{1, 3}, std::vector<double>{2, 6}).value(), 0);
  EXPECT_EQ(separation_of_counts(std::vector<double>{5, 0}, std::vector<double>{0, 1}).value(), 1);
}

TEST(SeparationOfCounts, OfTwoBins) {
  // p = (1/4, 3/4), q = (1/2, 1/2): half of (1/16)/(3/4) + (1/16)/(5/4).
  const Outcome power = separation_of_counts(std::vector<double>{1, 3}, std::vector<double>{1, 1});
  EXPECT_NEAR(*power.value(), 0.5 * (1.0 / 12 + 1.0 / 20), 1e-12);
}

TEST(SeparationOfCounts, OfAnEmptyHistogramIsNone) {
  const std::vector<double> empty = {0, 0};
  const std::vector<double> full = {1, 0};
  EXPECT_NE(separation_of_counts(empty, full).reason().find("reference"), std::string::npos);
  EXPECT_NE(separation_of_counts(full, empty).reason().find("candidate is outside"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::physics
