#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "physics/report/gnuplot_script.hpp"
#include "physics/report/panel_range.hpp"
#include "physics/report/script_parts.hpp"

namespace showergan::physics {
namespace {

constexpr int kPanelWidth = 480;  // pixels
constexpr int kPanelHeight = 430;
constexpr int kTitleHeight = 30;
constexpr int kLegendHeight = 20;  // of a row
constexpr const char* kReferenceColour = "#000000";
constexpr const char* kBandColour = "#c8c8c8";
constexpr const char* kHistogramColour = "#e0e0e0";

/// How a candidate is drawn.
struct Style {
  const char* colour;
  int dash;
  int marker;
};
constexpr std::array<Style, kMostCandidates> kStyles = {{{"#d55e00", 1, 6},   // vermilion, circles
                                                         {"#0072b2", 2, 4},   // blue, squares
                                                         {"#009e73", 4, 8},   // green, triangles
                                                         {"#cc79a7", 5, 12},  // purple, diamonds
                                                         {"#e69f00", 3, 10}}};  // orange, triangles

constexpr const char* kContextColour = "#56b4e9";  // sky blue, dotted, without markers

const Style& style_of(std::size_t candidate) {
  return kStyles[candidate % kStyles.size()];
}

/// A data block; on a logarithmic axis points that are not positive are left out.
std::string data_block(const std::string& name, const Curve& curve, bool log_x, bool log_y) {
  std::string text = fmt::format("${} << EOD\n", name);
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if ((log_x && curve.x[i] <= 0) || (log_y && curve.y[i] <= 0)) continue;
    text += fmt::format("{:.7g} {:.6g} {:.4g}\n", curve.x[i], curve.y[i], curve.error[i]);
  }
  return text + "EOD\n";
}

std::string axes(const Panel& panel, bool log_y) {
  std::string text = "unset logscale\nset format xy '%g'\nset xtics autofreq\nset ytics autofreq\n";
  if (panel.log_x) text += "set logscale x\n";
  if (log_y) text += "set logscale y\nset format y '10^{%T}'\n";
  return text;
}

/// Entries of the legend side by side: one above each panel of a row.
std::size_t legend_columns(const Figure& figure) {
  return std::max<std::size_t>(1, std::min(figure.columns, figure.panels.size()));
}

int legend_rows(const Figure& figure) {
  const std::size_t entries =
      figure.candidate_labels.size() + (figure.context_label.empty() ? 1 : 2);
  const std::size_t columns = legend_columns(figure);
  return static_cast<int>((entries + columns - 1) / columns);
}

/// The legend: an empty plot as wide as the figure, in the strip above all panels, because
/// gnuplot makes a key no wider than its plot.
std::string legend(const Figure& figure, const FigureGrid& grid) {
  constexpr std::size_t kLongest = 44;
  std::string text =
      margins(0.02, 0.98, grid.from_top(kTitleHeight + kLegendHeight * legend_rows(figure)),
              grid.from_top(kTitleHeight));
  text += fmt::format(
      "unset border\nunset tics\nset xrange [0:1]\nset yrange [0:1]\n"
      "set key center center horizontal maxcols {} samplen 2.5 width 2\n"
      "plot NaN with linespoints pt 7 ps 0.7 lw 1.2 lc rgb '{}' title {}",
      legend_columns(figure), kReferenceColour, shortened_text(figure.reference_label, kLongest));
  for (std::size_t i = 0; i < figure.candidate_labels.size(); ++i) {
    const Style& style = style_of(i);
    text += fmt::format(
        ", \\\n     NaN with linespoints pt {} ps 0.8 lw 1.8 lc rgb '{}' dt {} title {}",
        style.marker, style.colour, style.dash,
        shortened_text(figure.candidate_labels[i], kLongest));
  }
  if (!figure.context_label.empty()) {
    text += fmt::format(", \\\n     NaN with lines lw 3 lc rgb '{}' dt 3 title {}", kContextColour,
                        shortened_text(figure.context_label, kLongest));
  }
  return text +
         "\nunset key\nset border 31 lw 1.2\nset xtics in mirror\nset ytics in mirror\n"
         "set mxtics\nset mytics\n";
}

/// The curves of the upper plot; the reference comes last, so that its points stay visible.
std::string curves(const std::string& id, const Panel& panel) {
  std::string text = panel.steps
                         ? fmt::format(
                               "plot $reference{} using 1:2 with boxes fs solid 1 noborder lc rgb "
                               "'{}' notitle, \\\n",
                               id, kHistogramColour)
                         : fmt::format(
                               "plot $reference{} using 1:($2-$3):($2+$3) with filledcurves lc "
                               "rgb '{}' notitle, \\\n",
                               id, kBandColour);
  for (std::size_t i = 0; i < panel.candidates.size(); ++i) {
    const Style& style = style_of(i);
    text += fmt::format(
        "     $candidate{}_{} using 1:2{} with {} lw 1.8 lc rgb '{}' dt {} notitle, \\\n", id, i,
        panel.steps ? "" : ":3",
        panel.steps ? std::string("histeps")
                    : fmt::format("yerrorlines pt {} ps 0.8", style.marker),
        style.colour, panel.steps ? 1 : style.dash);
  }
  if (!panel.context.x.empty()) {
    text += fmt::format("     $context{} using 1:2 with {} lw 3 lc rgb '{}' dt 3 notitle, \\\n", id,
                        panel.steps ? "histeps" : "lines", kContextColour);
  }
  return text + fmt::format(
                    "     $reference{} using 1:2:3 with yerrorbars pt 7 ps 0.55 lw 1.2 lc "
                    "rgb '{}' notitle\n",
                    id, kReferenceColour);
}

std::string lower_curves(const std::string& id, const Panel& panel) {
  std::string text = fmt::format(
      "plot $band{0} using 1:($2-$3):($2+$3) with filledcurves lc rgb '{1}' notitle, \\\n"
      "     {2} with lines lw 1 lc rgb '{3}' notitle",
      id, kBandColour, panel.below == Below::ratio ? 1 : 0, kReferenceColour);
  for (std::size_t i = 0; i < panel.candidates.size(); ++i) {
    const Style& style = style_of(i);
    text += fmt::format(
        ", \\\n     $below{}_{} using 1:2:3 with {} pt {} ps 0.6 lw 1.5 lc rgb '{}' dt {} notitle",
        id, i, panel.steps ? "yerrorbars" : "yerrorlines", style.marker, style.colour,
        panel.steps ? 1 : style.dash);
  }
  return text + "\n";
}

/// The ratio, or the difference, below the curves.
std::string draw_below(const Panel& panel, const Comparisons& below, const std::string& id) {
  std::string text = data_block("band" + id, below.reference, panel.log_x, false);
  for (std::size_t i = 0; i < below.candidates.size(); ++i) {
    text += data_block(fmt::format("below{}_{}", id, i), below.candidates[i], panel.log_x, false);
  }
  const double half = comparison_range(panel, below);
  const double middle = panel.below == Below::ratio ? 1 : 0;
  text += axes(panel, false) + "unset title\n" + x_range(panel);
  text += fmt::format("set yrange [{:.7g}:{:.7g}]\nset ytics {:.7g},{:.7g},{:.7g}\n", middle - half,
                      middle + half, middle - half / 2, half / 2, middle + half / 2);
  text += fmt::format(
      "set xlabel {} offset 0,0.3\nset ylabel '{}' font ',11' offset "
      "0.5,0\n",
      plain_text(panel.x_label), panel.below == Below::ratio ? "ratio to MC" : "minus MC");
  return text + lower_curves(id, panel);
}

std::string draw_panel(const Figure& figure, const FigureGrid& grid, std::size_t index) {
  const Panel& panel = figure.panels[index];
  const std::string id = std::to_string(index);
  const Comparisons below = compare_curves(panel);
  const bool has_below = panel.below != Below::nothing;
  const double left = grid.x(index, 0.175);
  const double right = grid.x(index, 0.97);
  std::string text = data_block("reference" + id, panel.reference, panel.log_x, panel.log_y);
  for (std::size_t i = 0; i < panel.candidates.size(); ++i) {
    text += data_block(fmt::format("candidate{}_{}", id, i), panel.candidates[i], panel.log_x,
                       panel.log_y);
  }
  if (!panel.context.x.empty()) {
    text += data_block("context" + id, panel.context, panel.log_x, panel.log_y);
  }
  text += axes(panel, panel.log_y) + x_range(panel) + y_range(panel);
  text += margins(left, right, grid.y(index, has_below ? 0.37 : 0.14), grid.y(index, 0.93));
  text += fmt::format("set title {} offset 0,-0.7\nset ylabel {} font ',11' offset 0.5,0\n",
                      plain_text(panel.title), plain_text(panel.y_label));
  if (has_below) {
    text += "unset xlabel\nset format x ''\n";
  } else {
    text += fmt::format("set xlabel {} offset 0,0.3\n", plain_text(panel.x_label));
  }
  text += curves(id, panel);
  if (!has_below) return text;
  return text + margins(left, right, grid.y(index, 0.14), grid.y(index, 0.35)) +
         draw_below(panel, below, id);
}

}  // namespace

std::string gnuplot_script(const Figure& figure, FigureFormat format,
                           const std::filesystem::path& output) {
  const int strip = kTitleHeight + kLegendHeight * legend_rows(figure);
  const FigureGrid grid(figure.panels.size(), figure.columns, kPanelWidth, kPanelHeight, strip);
  std::string text = script_header(format, grid.width(), grid.height(), output);
  text += "set boxwidth 1 relative\nset bars small\nset multiplot\n";
  text += fmt::format("set label 1 {} at screen 0.5,{:.4f} center font ',14'\n",
                      plain_text(figure.title), grid.from_top(kTitleHeight / 2));
  text += legend(figure, grid) + "unset label 1\n";
  for (std::size_t index = 0; index < figure.panels.size(); ++index) {
    text += draw_panel(figure, grid, index);
  }
  return text + "unset multiplot\nset output\n";
}

}  // namespace showergan::physics
