#include "physics/calochallenge/protocol_axis.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(ProtocolAxis, ABinHoldsItsLowerEdgeAndTheLastOneBoth) {
  const std::vector<double> edges = linear_edges(-1, 1, 4);
  EXPECT_EQ(edges, (std::vector<double>{-1, -0.5, 0, 0.5, 1}));
  EXPECT_EQ(bin_of(edges, -1), 0u);
  EXPECT_EQ(bin_of(edges, 0), 2u);
  EXPECT_EQ(bin_of(edges, 1), 3u);
  EXPECT_FALSE(bin_of(edges, 1.01));
  EXPECT_FALSE(bin_of(edges, -1.01));
  EXPECT_FALSE(bin_of(edges, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(bin_of({}, 0));
}

TEST(ProtocolAxis, LogarithmicBinsEndAtTheVeryNumbers) {
  const std::vector<double> edges = logarithmic_edges(0.3, 700, 10);
  ASSERT_EQ(edges.size(), 11u);
  EXPECT_EQ(edges.front(), 0.3);
  EXPECT_EQ(edges.back(), 700);
  EXPECT_NEAR(edges[2] / edges[1], edges[9] / edges[8], 1e-12);
  EXPECT_EQ(bin_of(edges, 700), 9u);
  EXPECT_TRUE(logarithmic_edges(0, 1, 3).empty());
  EXPECT_TRUE(logarithmic_edges(2, 1, 3).empty());
}

TEST(ProtocolAxis, ThePartInside) {
  const std::vector<double> values = {-5, 0.1, 0.2, 0.9};
  EXPECT_EQ(part_inside(linear_edges(0, 1, 2), values), 0.75);
  EXPECT_EQ(part_inside(linear_edges(0, 1, 2), {}), 0);
}

}  // namespace
}  // namespace showergan::physics
