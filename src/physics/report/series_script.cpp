#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "physics/report/gnuplot_script.hpp"
#include "physics/report/script_parts.hpp"

namespace showergan::physics {
namespace {

/// Pixels, and the parts of a panel that its axes leave free.
struct Layout {
  int width;
  int height;
  int font;
  double left;
  double bottom;
  double top;
};
constexpr Layout kLarge = {600, 300, 11, 0.135, 0.17, 0.9};
constexpr Layout kSmall = {300, 185, 9, 0.19, 0.14, 0.86};
constexpr int kTitleHeight = 30;
constexpr const char* kFloorColour = "#808080";
constexpr const char* kMarkColour = "#009e73";
/// Blue, vermilion, green and purple of Okabe and Ito.
constexpr std::array<const char*, 4> kColours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7"};

const char* colour_of(std::size_t series) {
  return kColours[series % kColours.size()];
}

/// Points "x y low high" that an axis can show.
std::string points_of(const Series& series, bool log_y) {
  std::string text;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const double y = series.y[i];
    if (!std::isfinite(series.x[i]) || !std::isfinite(y) || (log_y && y <= 0)) continue;
    const double low = series.low.empty() ? y : series.low[i];
    const double high = series.high.empty() ? y : series.high[i];
    text += fmt::format("{:.7g} {:.5g} {:.5g} {:.5g}\n", series.x[i], y, low, high);
  }
  return text;
}

/// The range of all panels, so that what is one below the other is of one time.
std::string x_range(const SeriesFigure& figure) {
  double low = 0;
  double high = 0;
  bool any = false;
  for (const SeriesPanel& panel : figure.panels) {
    for (const Series& series : panel.series) {
      for (const double x : series.x) {
        if (!std::isfinite(x)) continue;
        low = any ? std::min(low, x) : x;
        high = any ? std::max(high, x) : x;
        any = true;
      }
    }
  }
  constexpr double kFew = 6;  // steps or epochs, between which there are no others
  const double margin = high > low ? 0.02 * (high - low) : 0.5;
  return fmt::format("set xrange [{:.7g}:{:.7g}]\n{}", low - margin, high + margin,
                     high - low <= kFew ? "set xtics 1\n" : "");
}

/// The plot command of a panel, after the blocks of its numbers.
std::string curves(const SeriesPanel& panel, const std::string& id, bool legend) {
  std::string blocks;
  std::string plots;
  const auto add = [&](const std::string& name, const std::string& points,
                       const std::string& plot) {
    blocks += "$" + name + " << EOD\n" + points + "EOD\n";
    plots += (plots.empty() ? "plot " : ", \\\n     ") + plot;
  };
  if (panel.floor) {
    const std::string name = "floor" + id;
    const std::string points = points_of(*panel.floor, panel.log_y);
    if (!points.empty()) {
      add(name, points,
          fmt::format("${} using 1:2 with lines dt 2 lw 1.3 lc rgb '{}' {}", name, kFloorColour,
                      legend ? "title 'floor'" : "notitle"));
    }
  }
  for (std::size_t i = 0; i < panel.series.size(); ++i) {
    const Series& series = panel.series[i];
    const std::string name = fmt::format("series{}_{}", id, i);
    const std::string points = points_of(series, panel.log_y);
    if (points.empty()) continue;
    std::string plot;
    if (!series.low.empty()) {
      plot = fmt::format(
          "${} using 1:3:4 with filledcurves fs transparent solid 0.18 noborder lc rgb '{}' "
          "notitle, \\\n     ",
          name, colour_of(i));
    }
    plot += fmt::format("${} using 1:2 with {} lw 1.5 lc rgb '{}' {}", name,
                        panel.points ? "linespoints pt 7 ps 0.4" : "lines", colour_of(i),
                        legend ? "title " + plain_text(series.label) : "notitle");
    add(name, points, plot);
  }
  // gnuplot finds no range where there is nothing.
  if (plots.empty()) return "set yrange [0:1]\nplot NaN notitle\n";
  return blocks + plots + "\n";
}

std::string draw_panel(const SeriesFigure& figure, const Layout& layout, const FigureGrid& grid,
                       std::size_t index) {
  const SeriesPanel& panel = figure.panels[index];
  std::string text = margins(grid.x(index, layout.left), grid.x(index, 0.97),
                             grid.y(index, layout.bottom), grid.y(index, layout.top));
  text += "unset logscale\nset autoscale y\nunset arrow\n";
  if (panel.log_y) text += "set logscale y\n";
  if (panel.mark) {
    text += fmt::format(
        "set arrow from first {0:.7g}, graph 0 to first {0:.7g}, graph 1 nohead back lw 1.5 dt 3 "
        "lc rgb '{1}'\n",
        *panel.mark, kMarkColour);
  }
  text += fmt::format("set title {} offset 0,-0.7\n", plain_text(panel.title));
  if (!figure.small) {
    text += fmt::format("set xlabel {} offset 0,0.3\nset ylabel {} offset 0.5,0\n",
                        plain_text(figure.x_label), plain_text(panel.y_label));
  }
  const bool legend = !figure.small && (panel.series.size() > 1 || panel.floor);
  return text + curves(panel, std::to_string(index), legend);
}

}  // namespace

std::string gnuplot_script(const SeriesFigure& figure, FigureFormat format,
                           const std::filesystem::path& output) {
  const Layout& layout = figure.small ? kSmall : kLarge;
  const FigureGrid grid(figure.panels.size(), figure.columns, layout.width, layout.height,
                        kTitleHeight);
  std::string text = script_header(format, grid.width(), grid.height(), output);
  text += fmt::format(
      "set multiplot\nset label 1 {} at screen 0.5,{:.4f} center font ',14'\n"
      "unset border\nunset tics\nset xrange [0:1]\nset yrange [0:1]\nplot NaN notitle\n"
      "unset label 1\nset border 31 lw 1\nset format y '%g'\n"
      "set xtics in mirror autofreq font ',{}'\nset ytics in mirror autofreq font ',{}'\n"
      "set title font ',{}'\nset xlabel font ',{}'\nset ylabel font ',{}'\n"
      "set key top right horizontal samplen 1.6 font ',10' opaque fillcolor rgb '#d0ffffff' "
      "noautotitle\n",
      plain_text(figure.title), grid.from_top(kTitleHeight / 2), layout.font - 1, layout.font - 1,
      layout.font, layout.font, layout.font);
  text += x_range(figure);
  for (std::size_t index = 0; index < figure.panels.size(); ++index) {
    text += draw_panel(figure, layout, grid, index);
  }
  return text + "unset multiplot\nset output\n";
}

}  // namespace showergan::physics
