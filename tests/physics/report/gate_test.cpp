#include "physics/report/gate.hpp"

#include <gtest/gtest.h>

#include "sample_report.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

/// The check of one limit on one metric.
LimitCheck check(const Limit& limit, const MetricResult& metric) {
  JudgedSet set;
  set.info.label = "gan";
  set.metrics = {metric};
  const std::vector<JudgedSet> sets = {set};
  return check_limits({limit}, "limits.toml", sets).checks.at(0);
}

TEST(Gate, ChecksExcessAndValue) {
  const MetricResult metric = test::sample_metric("fpd", 0.5, 0.3);
  EXPECT_EQ(check({.metric = "fpd", .excess = 0.4001}, metric).verdict, Verdict::kept);
  const LimitCheck excess = check({.metric = "fpd", .excess = 0.39}, metric);
  EXPECT_EQ(excess.verdict, Verdict::broken);
  EXPECT_EQ(excess.text, "excess 0.4 is above 0.39");
  EXPECT_EQ(check({.metric = "fpd", .highest = 0.5}, metric).verdict, Verdict::kept);
  EXPECT_EQ(check({.metric = "fpd", .highest = 0.49}, metric).text, "value 0.5 is above 0.49");
  EXPECT_EQ(check({.metric = "fpd", .lowest = 0.5}, metric).verdict, Verdict::kept);
  EXPECT_EQ(check({.metric = "fpd", .lowest = 0.6}, metric).text, "value 0.5 is below 0.6");
  EXPECT_EQ(check({"fpd", 0.1, 0.2, {}}, metric).text,
            "excess 0.4 is above 0.1; value 0.5 is above 0.2");
}

TEST(Gate, AMetricWithoutTheNumberNeverPasses) {
  const MetricResult missing = test::missing_metric("fpd", "too few showers");
  EXPECT_EQ(check({.metric = "fpd", .excess = 9}, missing).text, "no excess: too few showers");
  EXPECT_EQ(check({.metric = "fpd", .highest = 9}, missing).verdict, Verdict::broken);
  MetricResult no_floor = missing;
  no_floor.value = 0.1;
  EXPECT_EQ(check({.metric = "fpd", .excess = 9}, no_floor).verdict, Verdict::broken);
  EXPECT_EQ(check({.metric = "fpd", .highest = 9}, no_floor).verdict, Verdict::kept);
  MetricResult unsaid = test::missing_metric("fpd", "");
  EXPECT_EQ(check({.metric = "fpd", .excess = 9}, unsaid).text, "no excess: it was not computed");
}

TEST(Gate, AucsOfFewShowersAreNotGated) {
  MetricResult auc = test::sample_metric("auc_high", 0.99, 0.5);
  auc.showers = 9999;
  const LimitCheck few = check({.metric = "auc_high", .highest = 0.6}, auc);
  EXPECT_EQ(few.verdict, Verdict::not_gated);
  EXPECT_EQ(few.text, "not gated: 9999 showers of each set, fewer than 10000");
  auc.showers = 10000;
  EXPECT_EQ(check({.metric = "auc_high", .highest = 0.6}, auc).verdict, Verdict::broken);
  EXPECT_EQ(
      check({.metric = "auc_high", .highest = 0.6}, test::missing_metric("auc_high", "no showers"))
          .verdict,
      Verdict::broken);
}

TEST(Gate, WrongNamesAreKnownBeforeTheComparison) {
  EXPECT_NO_THROW(check_metric_names({{.metric = "auc_cnn"},
                                      {.metric = "separation[m1_x]"},
                                      {.metric = "pid_separation[gamma]"},
                                      {.metric = "separation_power[e_layer_7]"}},
                                     "limits.toml"));
  EXPECT_EQ(test::input_error([] {
              check_metric_names({{.metric = "separation[m1_q]"}}, "limits.toml");
            }).substr(0, 56),
            "there is no metric 'separation[m1_q]' (limits.toml); did");
  EXPECT_EQ(test::input_error([] { check_metric_names({{.metric = "fpt"}}, "limits.toml"); }),
            "there is no metric 'fpt' (limits.toml); did you mean 'fpd'?");
}

TEST(Gate, NamesTheMostSimilarMetric) {
  const Report report = test::sample_report();
  const auto error = [&](const std::string& name) {
    return test::input_error([&] { check_limits({{name, 1}}, "limits.toml", report.candidates); });
  };
  EXPECT_EQ(error("moment_shift"),
            "there is no metric 'moment_shift' (limits.toml); did you mean 'moments_shift'?");
  EXPECT_EQ(error("x"), "there is no metric 'x' (limits.toml); metrics.json names all of them");
}

TEST(Gate, IsBrokenByAMetricThatWasNotComputed) {
  const Report report = test::sample_report();
  const GateResult result = check_limits({{"auc_low", 0.6}}, "limits.toml", report.candidates);
  ASSERT_EQ(result.checks.size(), 1u);
  EXPECT_EQ(result.checks[0].verdict, Verdict::broken);
  EXPECT_EQ(result.checks[0].text, "no value: it was not computed");
}

TEST(Gate, HoldsForEveryCandidateButNotForYardsticks) {
  Report report = test::sample_report_of_two();
  GateResult result = check_limits({{"moments_shift", 0.1}}, "limits.toml", report.candidates);
  ASSERT_EQ(result.checks.size(), 2u);
  EXPECT_FALSE(result.passed());
  EXPECT_EQ(result.count(Verdict::broken), 1u);
  EXPECT_EQ(result.find("flow", "moments_shift")->verdict, Verdict::kept);
  EXPECT_EQ(result.find("flow", "hits_mre"), nullptr);
  report.candidates[0].yardstick = true;
  EXPECT_TRUE(check_limits({{"moments_shift", 0.1}}, "limits.toml", report.candidates).passed());
}

TEST(Gate, AMetricThatOnlyAnotherSetHasIsBroken) {
  const Report report = test::sample_report_of_two();
  const GateResult result = check_limits({{"fpd", 100}}, "limits.toml", report.candidates);
  EXPECT_EQ(result.find("gan", "fpd")->text, "no value: it was not computed");
  EXPECT_EQ(result.find("flow", "fpd")->verdict, Verdict::kept);
}

}  // namespace
}  // namespace showergan::physics
