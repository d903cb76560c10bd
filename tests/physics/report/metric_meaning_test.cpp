#include "physics/report/metric_meaning.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "physics/metric/registry.hpp"

namespace showergan::physics {
namespace {

TEST(MetricMeaning, IsThereForEveryMetric) {
  for (const Metric& metric : metrics()) EXPECT_NE(metric_meaning(metric.name), "") << metric.name;
}

TEST(MetricMeaning, PrefersTheExactName) {
  EXPECT_NE(metric_meaning("separation[response]"), metric_meaning("separation[m1_x]"));
  EXPECT_EQ(metric_meaning("separation[m1_x]"), metric_meaning("separation[m2_z]"));
}

TEST(MetricMeaning, IsThatOfTheFamily) {
  EXPECT_NE(metric_meaning("pid_separation[gamma]"), "");
  EXPECT_NE(metric_meaning("pid_efficiency_shift[gamma]"), metric_meaning("pid_separation[gamma]"));
  EXPECT_EQ(metric_meaning("pid_separation[gamma]"), metric_meaning("pid_separation[pi0]"));
}

TEST(MetricMeaning, IsEmptyForAStranger) {
  EXPECT_EQ(metric_meaning("nonsense"), "");
  EXPECT_EQ(metric_meaning("separation[m1_q]"), "");
}

TEST(MetricMeaning, ThoseThatAreKnownCanBeNamed) {
  const auto names = metrics_with_meaning();
  for (const auto& name : names) EXPECT_NE(metric_meaning(name), "") << name;
  for (const Metric& metric : metrics()) {
    EXPECT_NE(std::ranges::find(names, metric.name), names.end()) << metric.name;
  }
}

}  // namespace
}  // namespace showergan::physics
