#include "physics/report/identification_section.hpp"

#include <gtest/gtest.h>

#include "physics/report/gnuplot.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "sample_identification.hpp"
#include "sample_report.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::physics {
namespace {

/// Two candidates, the second without numbers against pi0, and a yardstick that was not identified.
std::vector<JudgedSet> sets() {
  std::vector<JudgedSet> sets = test::sample_report_of_two().candidates;
  sets[0].identifications = {test::sample_identification("gamma"),
                             test::sample_identification("pi0")};
  sets[1].identifications = {test::sample_identification("gamma"),
                             test::failed_identification("pi0")};
  sets.push_back(sets[0]);
  sets.back().identifications.clear();
  sets.back().yardstick = true;
  return sets;
}

TEST(IdentificationSection, HasARowForEachWorkingPoint) {
  const ReportSection section = identification_section(sets(), "mc");
  ASSERT_EQ(section.tables.size(), 1u);
  const ReportTable& table = section.tables[0];
  ASSERT_EQ(table.rows.size(), 7u);
  for (const auto& row : table.rows) EXPECT_EQ(row.size(), table.header.size());
  const std::vector<std::string> expected = {
      "gamma",           "gan",         "90 %",       "80.00 ± 12.01 %", "-10.00 ± 15.85", "-0.6 σ",
      "60.00 ± 13.67 %", "1.67 ± 0.38", "1.43 ± 0.27"};
  EXPECT_EQ(table.rows[0], expected);
  EXPECT_EQ(table.rows[1][7], "> 10") << "nothing is misidentified";
  EXPECT_EQ(table.rows[6][3], "too few showers");
}

TEST(IdentificationSection, DrawsTheOtherParticleAsContext) {
  const ReportSection section = identification_section(sets(), "mc");
  ASSERT_EQ(section.figures.size(), 2u);
  const auto& figure = std::get<Figure>(section.figures[0]);
  EXPECT_EQ(figure.name, "identification_1");
  EXPECT_EQ(figure.context_label, "gamma (Monte Carlo)");
  EXPECT_EQ(figure.candidate_labels, (std::vector<std::string>{"gan", "flow"}));
  ASSERT_EQ(figure.panels.size(), 3u);
  const Panel& score = figure.panels[0];
  EXPECT_EQ(score.reference.x, score.context.x);
  EXPECT_EQ(score.candidates.size(), 2u);
  const Panel& energy = figure.panels[1];
  EXPECT_EQ(energy.reference.x, (std::vector<double>{5.5, 15}));
  EXPECT_EQ(energy.candidates[0].y, (std::vector<double>{80, 95}));
  EXPECT_EQ(energy.context.y, (std::vector<double>{10, 5}));
  // The cut that keeps half of 1 … 10 is 5.5, which 6 and 7 of −2 … 7 pass.
  EXPECT_EQ(figure.panels[2].reference.x.front(), 50);
  EXPECT_DOUBLE_EQ(figure.panels[2].reference.y.front(), 5);
}

TEST(IdentificationSection, LeavesACandidateWithoutNumbersOutOfTheFigure) {
  const ReportSection section = identification_section(sets(), "mc");
  const auto& figure = std::get<Figure>(section.figures[1]);
  EXPECT_TRUE(figure.panels[1].candidates[1].x.empty());
  EXPECT_TRUE(figure.panels[2].candidates[1].x.empty());
}

TEST(IdentificationSection, IsDrawnByGnuplot) {
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  const test::TemporaryFolder folder;
  const ReportSection section = identification_section(sets(), "mc");
  for (const AnyFigure& figure : section.figures) {
    const auto complaint = draw(folder / "x.svg", [&](const auto& output) {
      return gnuplot_script(figure, FigureFormat::svg, output);
    });
    EXPECT_FALSE(complaint) << *complaint;
  }
}

}  // namespace
}  // namespace showergan::physics
