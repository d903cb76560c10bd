#include "montecarlo/biggs_lighthill.hpp"

#include <gtest/gtest.h>

#include "montecarlo/medium.hpp"

namespace showergan::montecarlo {
namespace {

TEST(BiggsLighthill, EveryElementHasOrderedIntervalsFromOneKev) {
  for (int z = 1; z <= 92; ++z) {
    SCOPED_TRACE(z);
    const auto intervals = biggs_lighthill(z);
    ASSERT_GE(intervals.size(), 4U);
    EXPECT_LE(intervals.front().from, 1);
    EXPECT_GT(intervals[1].from, 1);
    EXPECT_EQ(intervals.back().from, 500);
    for (std::size_t i = 0; i < intervals.size(); ++i) {
      EXPECT_GT(intervals[i].binding, 0);
      if (i == 0) continue;
      EXPECT_GT(intervals[i].from, intervals[i - 1].from);
      EXPECT_GE(intervals[i].binding, intervals[i - 1].binding);
      EXPECT_LE(intervals[i].binding, intervals[i].from);
    }
  }
}

/// A wrong digit in the table makes a jump: at borders that are no edges the pieces meet within 7
/// %, at edges the cross-section rises.
TEST(BiggsLighthill, PiecesMeetExceptAtEdges) {
  for (int z = 1; z <= 92; ++z) {
    const auto intervals = biggs_lighthill(z);
    for (std::size_t i = 1; i < intervals.size(); ++i) {
      const double inverse = 1 / intervals[i].from;
      const double jump = intervals[i].evaluate(inverse) / intervals[i - 1].evaluate(inverse);
      SCOPED_TRACE(testing::Message() << "Z " << z << " at " << intervals[i].from << " keV");
      if (intervals[i].binding == intervals[i].from) {
        EXPECT_GT(jump, 1.005);
        EXPECT_LT(jump, 15);
      } else {
        EXPECT_NEAR(jump, 1, 0.07);
      }
    }
  }
}

TEST(BiggsLighthill, IsPositiveFromOneKev) {
  for (int z = 1; z <= 92; ++z) {
    const auto intervals = biggs_lighthill(z);
    for (double kev = 1; kev < 1e9; kev *= 1.02) {
      ASSERT_GT(interval_at(intervals, kev).evaluate(1 / kev), 0) << z << " " << kev;
    }
  }
}

/// K edges in keV (Bearden and Burr, Rev. Mod. Phys. 39 (1967) 125).
TEST(BiggsLighthill, HasThePublishedKEdges) {
  const struct {
    int z;
    double edge;
  } rows[] = {{14, 1.839},  {17, 2.822},  {18, 3.203},  {26, 7.112}, {28, 8.333},  {29, 8.979},
              {50, 29.200}, {53, 33.169}, {74, 69.525}, {82, 88.00}, {92, 115.606}};
  for (const auto& row : rows) {
    EXPECT_NEAR(biggs_lighthill(row.z).back().binding, row.edge, 1e-3 * row.edge) << row.z;
  }
}

TEST(BiggsLighthill, FindsTheIntervalOfAnEnergy) {
  const auto silicon = biggs_lighthill(14);
  EXPECT_EQ(interval_at(silicon, 0.01).from, 0.099);
  EXPECT_EQ(interval_at(silicon, 1.838).from, 0.099);
  EXPECT_EQ(interval_at(silicon, 1.839).from, 1.839);
  EXPECT_EQ(interval_at(silicon, 1e9).from, 500);
}

}  // namespace
}  // namespace showergan::montecarlo
