#include "physics/report/regression.hpp"

#include <gtest/gtest.h>

#include "sample_report.hpp"

namespace showergan::physics {
namespace {

MetricResult metric(const std::string& name, double value,
                    std::optional<double> uncertainty = std::nullopt) {
  MetricResult result = test::sample_metric(name, value, 0.01);
  result.uncertainty = uncertainty;
  return result;
}

std::vector<std::string> worse(const MetricResult& then, const MetricResult& now,
                               const RegressionTolerance& tolerance = {}) {
  std::vector<std::string> texts;
  for (const auto& change : compare_with_earlier({then}, {now}, "old.json", tolerance).worse) {
    texts.push_back(change.text);
  }
  return texts;
}

TEST(Regression, IsBeyondTwoUncertaintiesOfBothValues) {
  // 2·√(3² + 4²) = 10
  EXPECT_TRUE(worse(metric("fpd", 100, 3), metric("fpd", 110, 4)).empty());
  ASSERT_EQ(worse(metric("fpd", 100, 3), metric("fpd", 110.1, 4)).size(), 1u);
  EXPECT_EQ(worse(metric("fpd", 100, 3), metric("fpd", 120, 4))[0],
            "120 instead of 100, worse by 20 where 10 is allowed");
  EXPECT_TRUE(worse(metric("fpd", 100, 3), metric("fpd", 1, 4)).empty());
}

TEST(Regression, IsBeyondTheToleranceWhereAnUncertaintyIsMissing) {
  EXPECT_TRUE(worse(metric("fpd", 100, 3), metric("fpd", 104.9)).empty());
  EXPECT_EQ(worse(metric("fpd", 100), metric("fpd", 105.1, 90)).size(), 1u);
  EXPECT_EQ(worse(metric("fpd", 0), metric("fpd", 1e-6)).size(), 1u);
  EXPECT_TRUE(worse(metric("fpd", 0), metric("fpd", 0)).empty());
}

TEST(Regression, OfAGivenToleranceIgnoresUncertainties) {
  const RegressionTolerance tight = {0, 0.001, true};
  EXPECT_EQ(worse(metric("fpd", 100, 30), metric("fpd", 101, 30), tight).size(), 1u);
  EXPECT_TRUE(worse(metric("fpd", 100, 30), metric("fpd", 100.05, 30), tight).empty());
}

TEST(Regression, KnowsMetricsThatShouldBeLargeOrOne) {
  const auto near_one = [](double then, double now) {
    MetricResult result = metric("density", now);
    result.ideal = 1;
    return worse(metric("density", then), result);
  };
  EXPECT_EQ(near_one(0.9, 0.5).size(), 1u);
  EXPECT_TRUE(near_one(0.5, 0.9).empty());
  EXPECT_EQ(near_one(1, 1.5).size(), 1u);
  EXPECT_TRUE(near_one(1.5, 1.1).empty());
}

TEST(Regression, AKernelDistanceBelowZeroIsNoise) {
  EXPECT_TRUE(worse(metric("kpd", -0.5, 0.1), metric("kpd", -1.7, 0.1)).empty());
  EXPECT_TRUE(worse(metric("kpd", -0.5, 0.1), metric("kpd", 0.2, 0.1)).empty());
  EXPECT_EQ(worse(metric("kpd", -0.5, 0.1), metric("kpd", 0.4, 0.1)).size(), 1u);
  EXPECT_EQ(worse(metric("ssim_gap", 0, 0.1), metric("ssim_gap", -0.4, 0.1)).size(), 1u)
      << "averaged showers";
}

TEST(Regression, OtherPairsOfShowersAreStillComparable) {
  MetricResult then = metric("ssim_gap", 0.1, 0.1);
  MetricResult now = then;
  now.showers = then.showers - 3;
  EXPECT_TRUE(worse(then, now).empty());
}

TEST(Regression, SaysWhatCannotBeCompared) {
  MetricResult fewer = metric("fpd", 100);
  fewer.showers = 100;
  EXPECT_EQ(worse(metric("fpd", 100), fewer)[0],
            "cannot be compared: from 100 showers of each set, then from 250");
  EXPECT_EQ(worse(metric("fpd", 100), test::missing_metric("fpd", "no bins"))[0],
            "no value (no bins); it was 100");
  EXPECT_EQ(worse(metric("fpd", 100), metric("kpd", 1))[0], "not computed; it was 100");
}

TEST(Regression, LeavesOutWhatIsNewOrHadNoValue) {
  const Regression result = compare_with_earlier(
      {test::missing_metric("a", "none"), metric("b", 1)}, {metric("b", 1), metric("c", 9)}, "old");
  EXPECT_TRUE(result.passed());
  EXPECT_EQ(result.compared, 1u);
  EXPECT_EQ(result.file, "old");
}

}  // namespace
}  // namespace showergan::physics
