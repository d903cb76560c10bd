#include "physics/report/report_page.hpp"

#include <regex>

#include <gtest/gtest.h>

#include "sample_report.hpp"

namespace showergan::physics {
namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::optional<EmbeddedPicture> no_picture(const AnyFigure&) {
  return std::nullopt;
}

/// Names of elements that are opened and not closed, or closed and not opened.
std::vector<std::string> unbalanced(const std::string& html) {
  const std::regex tag("<(/?)([a-z0-9]+)[^>]*>");
  std::vector<std::string> open;
  for (std::sregex_iterator it(html.begin(), html.end(), tag), end; it != end; ++it) {
    const std::string name = (*it)[2];
    if (name == "meta" || name == "img") continue;
    if ((*it)[1].length() == 0) {
      open.push_back(name);
    } else if (!open.empty() && open.back() == name) {
      open.pop_back();
    } else {
      open.push_back("/" + name);
    }
  }
  return open;
}

TEST(ReportPage, IsWellFormedAndNeedsNothingElse) {
  Report report = test::sample_report_of_two();
  report.sections = {{"Section <1>",
                      "Text & more.",
                      {{{"a", "b"}, {{"1", "<2>"}}}},
                      {Figure{"energy", "Energy", "mc", {"gan", "flow"}, {}}}}};
  const std::string page = report_page(report, [](const AnyFigure&) {
    return EmbeddedPicture{"image/svg+xml", "<svg></svg>"};
  });
  EXPECT_EQ(unbalanced(page), std::vector<std::string>());
  EXPECT_FALSE(holds(page, "<script"));
  EXPECT_FALSE(holds(page, "http"));
  EXPECT_TRUE(holds(page, "src=\"data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=\""));
  EXPECT_TRUE(holds(page, "<h2>Section &lt;1&gt;</h2><p>Text &amp; more.</p>"));
  EXPECT_TRUE(holds(page, "<td>&lt;2&gt;</td>"));
  EXPECT_TRUE(holds(page, "energy.svg, energy.png"));
  EXPECT_TRUE(holds(page, "<title>Validation of gan, flow</title>"));
}

TEST(ReportPage, SaysWhatIsNotDrawn) {
  Report report = test::sample_report();
  report.sections = {{"S", "", {}, {Figure{"energy", "Energy", "mc", {"gan"}, {}}}}};
  EXPECT_TRUE(holds(report_page(report, no_picture), "Energy: not drawn."));
}

TEST(ReportPage, FileNamesAreText) {
  Report report = test::sample_report();
  report.candidates[0].info.label = "<img src=x>";
  report.candidates[0].info.attributes = {{"source", "<b>"}};
  const std::string page = report_page(report, no_picture);
  EXPECT_FALSE(holds(page, "<img src=x>"));
  EXPECT_FALSE(holds(page, "<b>"));
}

TEST(Verdict, WithoutLimitsNamesTheLargestExcesses) {
  const std::string html = verdict_html(test::sample_report());
  EXPECT_TRUE(holds(html, "No limits given"));
  EXPECT_TRUE(holds(html, "0 of 1 metrics have an excess within their floor"));
  EXPECT_TRUE(holds(html, "<strong>moments_shift</strong> 0.4 (1.3 floors)")) << html;
  EXPECT_TRUE(holds(html, "class=\"warning\">Fewer showers than wanted."));
  Report report = test::sample_report();
  report.candidates[0].metrics = {test::missing_metric("a", "none")};
  EXPECT_TRUE(holds(verdict_html(report), "no metric has a floor"));
}

TEST(Verdict, OfLimitsAndOfAnEarlierReport) {
  Report report = test::sample_report();
  report.gate = GateResult{"l.toml",
                           {{"gan", "hits_mre", Verdict::kept, ""},
                            {"gan", "auc_high", Verdict::not_gated, "not gated: few"}}};
  EXPECT_TRUE(holds(verdict_html(report), "Passed: all 1 limits kept, 1 not gated"));
  report.gate->checks.push_back({"gan", "fpd", Verdict::broken, "no value"});
  report.regression = Regression{"old.json", 2, {{"fpd", "more"}}};
  const std::string html = verdict_html(report);
  EXPECT_TRUE(holds(html, "Failed: 1 of 2 limits broken, 1 not gated"));
  EXPECT_TRUE(holds(html, "<strong>fpd</strong> of gan: no value"));
  EXPECT_TRUE(holds(html, "Worse than before in 1 metrics"));
  EXPECT_FALSE(holds(html, "No limits given"));
}

TEST(Provenance, ShowsAttributesAndTheTimePerShower) {
  Report report = test::sample_report();
  report.candidates[0].info.attributes = {{"ms_per_shower", "0.5"}, {"seed", "7"}};
  report.candidates[0].yardstick = true;
  const std::string html = provenance_html(report);
  EXPECT_TRUE(holds(html, "<dt>time per shower</dt><dd>0.5 ms</dd>"));
  EXPECT_TRUE(holds(html, "<dt>seed</dt><dd>7</dd>"));
  EXPECT_TRUE(holds(html, "<dt>primary energy</dt><dd>10 to 100 GeV</dd>"));
  EXPECT_TRUE(holds(html, "<h3>Yardstick: gan</h3>"));
  EXPECT_TRUE(holds(html, "Detector: clic-ecal. Cells below 1e-06 GeV are read as 0."));
}

TEST(MetricsTable, MarksEveryMetric) {
  Report report = test::sample_report_of_two();
  report.candidates[0].metrics[0].uncertainty = 0.02;
  const std::string html = metrics_html(report);
  EXPECT_EQ(unbalanced(html), std::vector<std::string>());
  EXPECT_TRUE(holds(html, "0.5000 ± 0.0200"));
  EXPECT_TRUE(holds(html, "1.3 floors"));
  EXPECT_TRUE(holds(html, "≤ floor"));
  EXPECT_TRUE(holds(html, "no value: no bin holds 100 cells of the reference"));
  EXPECT_TRUE(holds(html, "not computed"));  // fpd, which only the second has
  report.gate = GateResult{"l.toml",
                           {{"gan", "moments_shift", Verdict::broken, "x"},
                            {"flow", "moments_shift", Verdict::kept, ""}}};
  EXPECT_TRUE(holds(metrics_html(report), "mark bad\">FAILED"));
  EXPECT_TRUE(holds(metrics_html(report), "mark good\">limit kept"));
}

}  // namespace
}  // namespace showergan::physics
