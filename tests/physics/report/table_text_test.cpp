#include "physics/report/table_text.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"
#include "sample_report.hpp"

namespace showergan::physics {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(TableText, AlignsNumbersUnderTheirGroups) {
  const std::string text = table_text(test::sample_report(), false);
  EXPECT_TRUE(holds(text, "Reference  mc.h5: 500 showers, 10 to 100 GeV\n"));
  EXPECT_TRUE(holds(text,
                    "  metric                           value     floor    excess\n"
                    "Moments\n"
                    "  moments_shift                   0.5000    0.3000    0.4000\n"
                    "Cells\n"
                    "  spectrum_mre                       n/a       n/a       n/a  no bin "
                    "holds 100 cells of the reference\n"
                    "  hits_mre                        0.2500       n/a       n/a\n"))
      << text;
  EXPECT_TRUE(holds(text, "No floor: too few.\n"));
  EXPECT_TRUE(holds(text, "Observables compare 250 with 250 showers"));
  EXPECT_TRUE(holds(text, "\nwarning: Fewer showers than wanted.\n"));
  EXPECT_FALSE(holds(text, "\033"));
}

TEST(TableText, TheSizeIsThatOfObservables) {
  Report report = test::sample_report();
  MetricResult pairs = test::sample_metric("ssim_gap", 0.1, 0.1);
  pairs.showers = 997;
  report.candidates[0].metrics.insert(report.candidates[0].metrics.begin(), pairs);
  EXPECT_TRUE(holds(table_text(report, false), "Observables compare 250 with 250 showers"));
  report.candidates[0].metrics = {pairs};
  EXPECT_FALSE(holds(table_text(report, false), "Observables compare"));
}

TEST(TableText, LargeNumbersStayInTheirColumns) {
  Report report = test::sample_report();
  MetricResult& metric = report.candidates[0].metrics[0];
  metric.value = 12345.678;
  metric.floor = 123.456;
  metric.excess = 1.5e7;
  metric.uncertainty = 250.125;
  EXPECT_TRUE(holds(table_text(report, false), "   12345.7    123.46 1.500e+07  +- 250.12\n"))
      << table_text(report, false);
}

TEST(TableText, ShowsTheUncertaintyWhereThereIsOne) {
  Report report = test::sample_report();
  report.candidates[0].metrics[0].uncertainty = 0.0123;
  EXPECT_TRUE(holds(table_text(report, false), "0.5000    0.3000    0.4000  +- 0.0123\n"));
}

TEST(TableText, LeavesDetailsOutAndSaysTheMethod) {
  Report report = test::sample_report();
  report.candidates[0].metrics[0].detail = true;
  report.method = "Everything is compared.\n";
  const std::string text = table_text(report, false);
  EXPECT_FALSE(holds(text, "moments_shift"));
  EXPECT_TRUE(holds(text, "Everything is compared.\n"));
  EXPECT_FALSE(holds(text, "Observables compare"));
}

TEST(TableText, WarnsInRedOnATerminal) {
  EXPECT_TRUE(holds(table_text(test::sample_report(), true),
                    "\033[31mwarning: Fewer showers than wanted.\033[0m\n"));
}

TEST(TableText, HasColumnsForEachCandidate) {
  const std::string text = table_text(test::sample_report_of_two(), false);
  EXPECT_TRUE(holds(text,
                    "                                                         gan              "
                    "            flow\n"
                    "  metric                           value     floor    excess     value     "
                    "floor    excess\n"))
      << text;
  EXPECT_TRUE(holds(text,
                    "  moments_shift                   0.5000    0.3000    0.4000    0.3100    "
                    "0.3000    0.0781\n"));
  EXPECT_TRUE(holds(text,
                    "  fpd                                  -         -         -   12.0000   "
                    "11.0000    4.7958\n"))
      << text;
  EXPECT_TRUE(holds(text, "warning: flow: Fewer showers than wanted.\n"));
}

TEST(TableText, ListsBrokenLimitsAndWorseMetrics) {
  Report report = test::sample_report();
  report.gate = GateResult{"limits.toml",
                           {{"gan", "moments_shift", Verdict::broken, "excess 0.4 is above 0.1"},
                            {"gan", "hits_mre", Verdict::kept, ""},
                            {"gan", "auc_high", Verdict::not_gated, "not gated: 500 showers"}}};
  report.regression = Regression{"old.json", 3, {{"hits_mre", "0.25 instead of 0.2"}}};
  const std::string text = table_text(report, false);
  EXPECT_TRUE(holds(text,
                    "\nLimits of limits.toml: 1 of 3 kept\n"
                    "FAILED gan: moments_shift: excess 0.4 is above 0.1\n"
                    "gan: auc_high: not gated: 500 showers\n"));
  EXPECT_TRUE(holds(text,
                    "\nAgainst old.json: 3 metrics compared, 1 worse\n"
                    "WORSE hits_mre: 0.25 instead of 0.2\n"));
}

TEST(TableText, OfASummaryHasALineForEachBin) {
  const Summary summary =
      summarize(test::measured(test::toy_showers(1, test::toy_energies(1, 2000))), "toy");
  const std::vector<float> energies(200, 50.0f);
  const SummaryComparison result =
      compare_with_summary(summary, test::measured(test::toy_showers(2, energies)));
  Report report = test::sample_report();
  report.candidates[0].metrics = result.metrics;
  const std::string text = table_text(report, result, false);
  EXPECT_TRUE(holds(text, "Monte Carlo     candidate       deviation (%)"));
  EXPECT_TRUE(holds(text, "n/a: fewer than 20 showers of the candidate"));
  EXPECT_TRUE(holds(text, "Cells above 300 keV"));
  EXPECT_TRUE(holds(text, "No floor: a floor needs the Monte Carlo showers, not their summary."));
}

}  // namespace
}  // namespace showergan::physics
