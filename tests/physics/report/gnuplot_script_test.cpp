#include "physics/report/gnuplot_script.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

Figure figure_with(const std::string& label) {
  Figure figure = {"name", "Title", "Monte Carlo", label, {}};
  Panel panel;
  panel.x_label = "layer";
  panel.y_label = "energy (MeV)";
  panel.log_y = true;
  panel.reference = {{0, 1, 2}, {4, 0, 2}, {1, 0, 1}};
  panel.candidate = {{0, 1}, {2, 3}, {0.5, 0.5}};
  figure.panels = {panel};
  return figure;
}

std::string script_with(const std::string& label) {
  return gnuplot_script(figure_with(label), FigureFormat::svg, "out.svg");
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
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
  EXPECT_TRUE(holds(script, "$ratio0 << EOD\n0 0.5 0.125\nEOD\n"));
  EXPECT_TRUE(holds(script, "$band0 << EOD\n0 1 0.25\n2 1 0.5\nEOD\n"));
  EXPECT_TRUE(holds(script, "set logscale y"));
}

TEST(GnuplotScript, SurvivesEmptyFigures) {
  Figure figure = figure_with("gan");
  figure.panels[0].reference = {};
  figure.panels[0].candidate = {};
  EXPECT_TRUE(holds(gnuplot_script(figure, FigureFormat::png, "o.png"), "set yrange [*:*]"));
}

}  // namespace
}  // namespace showergan::physics
