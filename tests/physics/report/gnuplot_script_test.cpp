#include "physics/report/gnuplot_script.hpp"

#include <gtest/gtest.h>

#include "physics/report/gnuplot.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::physics {
namespace {

Figure figure_with(const std::string& label) {
  Figure figure = {"name", "Title", "Monte Carlo", {label}, {}};
  Panel panel;
  panel.x_label = "layer";
  panel.y_label = "energy (MeV)";
  panel.log_y = true;
  panel.reference = {{0, 1, 2}, {4, 0, 2}, {1, 0, 1}};
  panel.candidates = {{{0, 1}, {2, 3}, {0.5, 0.5}}};
  figure.panels = {panel};
  return figure;
}

std::string script_with(const std::string& label) {
  return gnuplot_script(figure_with(label), FigureFormat::svg, "out.svg");
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// What gnuplot says of a figure, in both formats; empty if it draws it.
std::string complaint(const AnyFigure& figure) {
  const test::TemporaryFolder folder;
  for (const FigureFormat format : {FigureFormat::png, FigureFormat::svg}) {
    const auto text = draw(folder / ("x" + extension_of(format)), [&](const auto& output) {
      return gnuplot_script(figure, format, output);
    });
    if (text) return *text;
  }
  return "";
}

TEST(GnuplotScript, QuotesSoThatNothingIsRun) {
  const std::string script = script_with("a'b `rm -rf x` \"$HOME\"\nset output");
  EXPECT_TRUE(holds(script, "'a''b `rm -rf x` \"$HOME\" set output'"));
}

TEST(GnuplotScript, OutputIsAnAbsolutePathSoThatItIsNoPipe) {
  const std::string script = gnuplot_script(figure_with("x"), FigureFormat::png, "|touch pwned");
  EXPECT_FALSE(holds(script, "set output '|"));
  EXPECT_TRUE(holds(script, "/|touch pwned'"));
  EXPECT_TRUE(holds(script, "set terminal pngcairo"));
}

TEST(GnuplotScript, LongLabelsAreCutBetweenCharacters) {
  std::string label = "x";
  for (int i = 0; i < 40; ++i) label += "\xc3\xa9";  // é
  const std::string script = script_with(label);
  EXPECT_FALSE(holds(script, label));
  EXPECT_TRUE(holds(script, "\xc3\xa9...'"));
}

TEST(GnuplotScript, DrawsTheRatioAndLeavesOutWhatHasNoLogarithm) {
  const std::string script = script_with("gan");
  EXPECT_TRUE(holds(script, "$reference0 << EOD\n0 4 1\n2 2 1\nEOD\n"));
  EXPECT_TRUE(holds(script, "$below0_0 << EOD\n0 0.5 0.125\nEOD\n"));
  EXPECT_TRUE(holds(script, "$band0 << EOD\n0 1 0.25\n2 1 0.5\nEOD\n"));
  EXPECT_TRUE(holds(script, "set logscale y"));
}

TEST(GnuplotScript, CandidatesHaveColoursOfTheirOwn) {
  Figure figure = figure_with("a");
  figure.candidate_labels = {"a", "b", "c", "d", "e"};
  figure.panels[0].candidates.assign(5, figure.panels[0].candidates[0]);
  const std::string script = gnuplot_script(figure, FigureFormat::svg, "o.svg");
  for (const char* colour : {"#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00"}) {
    EXPECT_TRUE(holds(script, colour)) << colour;
  }
}

TEST(GnuplotScript, ContextIsInTheLegendAndNotInTheRatio) {
  Figure figure = figure_with("gan");
  EXPECT_FALSE(holds(gnuplot_script(figure, FigureFormat::svg, "o.svg"), "#56b4e9"));
  figure.context_label = "pions";
  figure.panels[0].context = {{0, 1}, {7, 8}, {0, 0}};
  const std::string script = gnuplot_script(figure, FigureFormat::svg, "o.svg");
  EXPECT_TRUE(holds(script, "$context0 << EOD\n0 7 0\n1 8 0\nEOD\n"));
  EXPECT_TRUE(holds(script, "lc rgb '#56b4e9' dt 3 title 'pions'"));
  EXPECT_TRUE(holds(script, "$below0_0 << EOD\n0 0.5 0.125\nEOD\n"));
  if (gnuplot_available()) {
    EXPECT_EQ(complaint(figure), "");
    figure.panels[0].steps = true;
    EXPECT_EQ(complaint(figure), "");
  }
}

TEST(GnuplotScript, GnuplotDrawsWhatItIsGiven) {
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  Figure figure = figure_with("a`b'");
  figure.panels.resize(5, figure.panels[0]);
  figure.panels[1].steps = true;
  figure.panels[2].below = Below::difference;
  figure.panels[3].below = Below::nothing;
  figure.panels[4].log_x = true;
  EXPECT_EQ(complaint(figure), "");
  MatrixFigure matrix = {"m", "Title", {"a_1", "b"}, {{"one", {1, -1, 0.5, 0}, 1}}};
  EXPECT_EQ(complaint(matrix), "");
  ShowerFigure showers = {"s", "Title", {5, 5, 5}, {{"one", {{1, 2, 3, 0.1}}}, {"none", {}}}, 2};
  EXPECT_EQ(complaint(showers), "");
}

TEST(GnuplotScript, SurvivesEmptyFigures) {
  Figure figure = figure_with("gan");
  figure.panels[0].reference = {};
  figure.panels[0].candidates = {};
  EXPECT_TRUE(holds(gnuplot_script(figure, FigureFormat::png, "o.png"), "set yrange [1:10]"));
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  EXPECT_EQ(complaint(figure), "");
  EXPECT_EQ(complaint(ShowerFigure{"s", "Title", {5, 5, 5}, {{"none", {}}}, 1}), "");
}

TEST(GnuplotScript, CellsAreInMeVWithTheHottestLast) {
  const ShowerFigure figure = {
      "s", "Title", {5, 5, 5}, {{"one", {{1, 2, 3, 0.1}, {0, 1, 2, 0.01}}}}, 1};
  const std::string script = gnuplot_script(figure, FigureFormat::png, "o.png");
  EXPECT_TRUE(holds(script, "$cells0 << EOD\n2 0 1 10\n3 1 2 100\nEOD\n")) << script;
}

}  // namespace
}  // namespace showergan::physics
