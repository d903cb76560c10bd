#include <limits>

#include <gtest/gtest.h>

#include "physics/report/gnuplot.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "physics/report/series.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::physics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// What gnuplot says of a figure; empty if it draws it.
std::string complaint(const SeriesFigure& figure) {
  const test::TemporaryFolder folder;
  for (const FigureFormat format : {FigureFormat::png, FigureFormat::svg}) {
    const auto text = draw(folder / ("x" + extension_of(format)), [&](const auto& output) {
      return gnuplot_script(figure, format, output);
    });
    if (text) return *text;
  }
  return "";
}

SeriesFigure figure_of(const Series& series) {
  SeriesPanel panel;
  panel.title = "it's `a` panel";
  panel.series = {series};
  return {"name", "Title", "step", {panel}};
}

TEST(SeriesScript, GnuplotDrawsWhateverThereIs) {
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  EXPECT_EQ(complaint({"name", "No panel", "step", {}}), "");
  EXPECT_EQ(complaint(figure_of({"empty", {}, {}})), "");
  EXPECT_EQ(complaint(figure_of({"nothing to show", {1, 2}, {kNan, kInfinity}})), "");
  EXPECT_EQ(complaint(figure_of({"one point", {1}, {2}})), "");
  EXPECT_EQ(complaint(figure_of({"constant", {1, 2}, {0, 0}})), "");
  SeriesFigure full = figure_of({"band", {1, 2, 3}, {10, 200, 30}, {1, 100, 30}, {20, 300, 30}});
  full.panels[0].log_y = full.panels[0].points = true;
  full.panels[0].mark = 2;
  full.panels[0].floor = Series{"", {1, 3}, {5, kNan}};
  full.panels[0].series.push_back({"zeros on a logarithmic axis", {1, 2}, {0, 0}});
  EXPECT_EQ(complaint(full), "");
  full.small = true;
  full.panels.resize(7, full.panels[0]);
  full.columns = 4;
  EXPECT_EQ(complaint(full), "");
}

TEST(SeriesScript, HoldsThePointsThatAreNumbersAndTheirBands) {
  SeriesFigure figure = figure_of({"a", {1, 2, 3}, {4, kNan, 6}, {3, kNan, 5}, {5, kNan, 7}});
  const std::string script = gnuplot_script(figure, FigureFormat::svg, "out.svg");
  EXPECT_NE(script.find("EOD\n1 4 3 5\n3 6 5 7\nEOD\n"), std::string::npos) << script;
  EXPECT_NE(script.find("filledcurves"), std::string::npos);
  EXPECT_NE(script.find("'it''s `a` panel'"), std::string::npos);
  EXPECT_EQ(script.find("set arrow from"), std::string::npos);
  figure.panels[0].series[0].low.clear();
  figure.panels[0].series[0].high.clear();
  figure.panels[0].mark = 2;
  const std::string other = gnuplot_script(figure, FigureFormat::svg, "out.svg");
  EXPECT_EQ(other.find("filledcurves"), std::string::npos);
  EXPECT_NE(other.find("set arrow from first 2, graph 0 to first 2, graph 1"), std::string::npos);
}

}  // namespace
}  // namespace showergan::physics
