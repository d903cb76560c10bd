#include "physics/metric/histogram.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(Histogram, AxisSpansTheQuantilesWidenedByATenth) {
  std::vector<double> values;
  for (int i = 0; i <= 10000; ++i) values.push_back(10000 - i);
  const HistogramAxis axis = axis_over(values, 40);
  EXPECT_DOUBLE_EQ(axis.low, 5 - 999);
  EXPECT_DOUBLE_EQ(axis.high, 9995 + 999);
  EXPECT_EQ(axis.bins, 40u);
  EXPECT_DOUBLE_EQ(axis.width(), (axis.high - axis.low) / 40);
  EXPECT_DOUBLE_EQ(axis.centre(0), axis.low + 0.5 * axis.width());
}

TEST(Histogram, AxisOfOneValueIsNarrowAroundIt) {
  const HistogramAxis axis = axis_over({3, 3}, 10);
  EXPECT_LT(axis.low, 3);
  EXPECT_GT(axis.high, 3);
  EXPECT_LT(axis.high - axis.low, 1e-5);
}

TEST(Histogram, WhatLiesOutsideCountsInTheEndBins) {
  const HistogramAxis axis = {0, 2, 2};
  const std::vector<double> values = {-5, 0, 1, 1.5, 2, 99, 0.5, 0.99};
  EXPECT_EQ(normalised_histogram(values, axis), (std::vector{0.5, 0.5}));
  EXPECT_EQ(normalised_histogram({}, axis), (std::vector{0.0, 0.0}));
}

}  // namespace
}  // namespace showergan::physics
