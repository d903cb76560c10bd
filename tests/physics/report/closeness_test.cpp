#include "physics/report/closeness.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "sample_report.hpp"

namespace showergan::physics {
namespace {

MetricResult with_excess(const std::string& name, double excess, double floor) {
  MetricResult metric = test::sample_metric(name, 1, floor);
  metric.excess = excess;
  return metric;
}

TEST(Closeness, IsInUnitsOfTheFloor) {
  EXPECT_EQ(closeness(with_excess("a", 0, 0.1)), Closeness::within);
  EXPECT_EQ(closeness(with_excess("a", 0.1, 0.1)), Closeness::within);
  EXPECT_EQ(closeness(with_excess("a", 0.25, 0.1)), Closeness::visible);
  EXPECT_EQ(closeness(with_excess("a", 0.31, 0.1)), Closeness::far);
  EXPECT_EQ(closeness(test::missing_metric("a", "none")), Closeness::unknown);
}

TEST(Closeness, OfAFloorOfZeroIsInfiniteOrZero) {
  EXPECT_TRUE(std::isinf(*excess_in_floors(with_excess("a", 0.1, 0))));
  EXPECT_EQ(excess_in_floors(with_excess("a", 0, 0)), 0);
  EXPECT_FALSE(excess_in_floors(test::missing_metric("a", "none")));
}

TEST(Closeness, WorstMetricsComeFirst) {
  const auto worst = worst_metrics({with_excess("a", 1, 1), with_excess("b", 3, 1),
                                    test::missing_metric("c", "none"), with_excess("d", 2, 1)},
                                   2);
  ASSERT_EQ(worst.size(), 2u);
  EXPECT_EQ(worst[0].name, "b");
  EXPECT_EQ(worst[1].name, "d");
}

}  // namespace
}  // namespace showergan::physics
