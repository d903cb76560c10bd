#include "physics/report/gnuplot_script.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"

namespace showergan::physics {
namespace {

constexpr int kPanelWidth = 560;  // pixels
constexpr int kHeight = 560;
constexpr const char* kReferenceColour = "#000000";
constexpr const char* kBandColour = "#c8c8c8";
constexpr const char* kCandidateColour = "#d55e00";

/// A gnuplot string. Single quotes, because gnuplot runs what stands in `…` inside double ones.
std::string gnuplot_string(const std::string& text) {
  std::string result = "'";
  for (const char c : one_line(text)) {
    if (c == '\'') result += '\'';
    result += c;
  }
  return result + "'";
}

/// A legend that fits into a panel.
std::string legend(std::string text) {
  constexpr std::size_t kLongest = 44;
  if (text.size() > kLongest) {
    std::size_t end = kLongest - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // UTF-8
    text = text.substr(0, end) + "...";
  }
  return gnuplot_string(text);
}

std::string header(FigureFormat format, int width, int height,
                   const std::filesystem::path& output) {
  const char* terminal = format == FigureFormat::png ? "pngcairo" : "svg";
  return fmt::format(
      "set encoding utf8\n"
      "set terminal {} noenhanced size {},{} font 'DejaVu Sans,11' background '#ffffff'\n"
      "set output {}\n",
      terminal, width, height, gnuplot_string(std::filesystem::absolute(output).string()));
}

/// A data block; on a logarithmic axis points that are not positive are left out.
std::string data_block(const std::string& name, const Curve& curve, const Panel& panel) {
  std::string text = fmt::format("${} << EOD\n", name);
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if ((panel.log_x && curve.x[i] <= 0) || (panel.log_y && curve.y[i] <= 0)) continue;
    text += fmt::format("{:.9g} {:.9g} {:.9g}\n", curve.x[i], curve.y[i], curve.error[i]);
  }
  return text + "EOD\n";
}

/// Candidate over reference, and the band of the reference's own relative error around 1.
struct Ratio {
  Curve candidate;
  Curve reference;
};

Ratio ratio_of(const Panel& panel) {
  std::map<double, std::size_t> index;
  for (std::size_t i = 0; i < panel.candidate.x.size(); ++i) index[panel.candidate.x[i]] = i;
  Ratio ratio;
  for (std::size_t i = 0; i < panel.reference.x.size(); ++i) {
    const double x = panel.reference.x[i];
    const double y = panel.reference.y[i];
    if (y <= 0 || (panel.log_x && x <= 0)) continue;
    ratio.reference.x.push_back(x);
    ratio.reference.y.push_back(1);
    ratio.reference.error.push_back(panel.reference.error[i] / y);
    const auto match = index.find(x);
    if (match == index.end()) continue;
    ratio.candidate.x.push_back(x);
    ratio.candidate.y.push_back(panel.candidate.y[match->second] / y);
    ratio.candidate.error.push_back(panel.candidate.error[match->second] / y);
  }
  return ratio;
}

/// Half the height of the ratio plot: nearly all points are inside, outliers do not flatten it.
double ratio_range(const Ratio& ratio) {
  std::vector<double> deviations;
  for (const double y : ratio.candidate.y) deviations.push_back(std::abs(y - 1));
  if (deviations.empty()) return 0.1;
  std::ranges::sort(deviations);
  const auto nearly_all =
      static_cast<std::size_t>(0.85 * static_cast<double>(deviations.size() - 1));
  return std::clamp(1.4 * deviations[nearly_all], 0.02, 1.0);
}

/// [low, high] of the vertical axis.
std::string y_range(const Panel& panel) {
  double lowest = 0;
  double highest = 0;
  for (const Curve* curve : {&panel.reference, &panel.candidate}) {
    for (std::size_t i = 0; i < curve->y.size(); ++i) {
      highest = std::max(highest, curve->y[i] + curve->error[i]);
      if (curve->y[i] > 0 && (lowest == 0 || curve->y[i] < lowest)) lowest = curve->y[i];
    }
  }
  if (highest <= 0) return "set yrange [*:*]\n";
  if (panel.log_y) {
    // Six decades are enough: a slice with a single stray cell does not squeeze the rest.
    const double low = std::max(0.5 * lowest, 1e-6 * highest);
    return fmt::format("set yrange [{:.4g}:{:.4g}]\n", low, highest * std::pow(highest / low, 0.3));
  }
  if (lowest < 0.6 * highest) return fmt::format("set yrange [0:{:.4g}]\n", 1.3 * highest);
  const double span = std::max(highest - lowest, 0.02 * highest);  // room above for the legend
  return fmt::format("set yrange [{:.6g}:{:.6g}]\n", lowest - 0.15 * span, highest + 0.4 * span);
}

std::string x_range(const Panel& panel) {
  if (panel.reference.x.empty()) return "set xrange [*:*]\n";
  const auto [low, high] = std::ranges::minmax(panel.reference.x);
  if (panel.log_x && low > 0) {
    return fmt::format("set xrange [{:.4g}:{:.4g}]\n", low / 1.3, high * 1.3);
  }
  const double margin = high > low ? 0.03 * (high - low) : 0.5;
  return fmt::format("set xrange [{:.6g}:{:.6g}]\n", low - margin, high + margin);
}

std::string axes(const Panel& panel) {
  std::string text = "unset logscale\nset format xy '%g'\n";
  if (panel.log_x) text += "set logscale x\n";
  if (panel.log_y) text += "set logscale y\n";
  return text;
}

/// The curves of the upper plot; the reference comes last, so that its points stay visible.
std::string curves(const std::string& id, const Figure& figure) {
  return fmt::format(
      "plot $reference{0} using 1:($2-$3):($2+$3) with filledcurves lc rgb '{1}' notitle, \\\n"
      "     $candidate{0} using 1:2:3 with yerrorlines pt 6 ps 0.9 lw 1.6 lc rgb '{2}' title {3}, "
      "\\\n"
      "     $reference{0} using 1:2:3 with yerrorbars pt 7 ps 0.5 lw 1 lc rgb '{4}' title {5}\n",
      id, kBandColour, kCandidateColour, legend(figure.candidate_label), kReferenceColour,
      legend(figure.reference_label));
}

std::string ratio_curves(const std::string& id) {
  return fmt::format(
      "plot $band{0} using 1:($2-$3):($2+$3) with filledcurves lc rgb '{1}' notitle, \\\n"
      "     1 with lines lw 1 lc rgb '{2}' notitle, \\\n"
      "     $ratio{0} using 1:2:3 with yerrorlines pt 6 ps 0.7 lw 1.6 lc rgb '{3}' notitle\n",
      id, kBandColour, kReferenceColour, kCandidateColour);
}

std::string draw_panel(const Figure& figure, std::size_t column) {
  const Panel& panel = figure.panels[column];
  const Ratio ratio = ratio_of(panel);
  const std::string id = std::to_string(column);
  const double width = 1.0 / static_cast<double>(figure.panels.size());
  const double left = (static_cast<double>(column) + 0.15) * width;
  const double right = (static_cast<double>(column) + 0.97) * width;
  std::string text;
  text += data_block("reference" + id, panel.reference, panel);
  text += data_block("candidate" + id, panel.candidate, panel);
  text += data_block("band" + id, ratio.reference, panel);
  text += data_block("ratio" + id, ratio.candidate, panel);
  text += fmt::format("set lmargin at screen {:.4f}\nset rmargin at screen {:.4f}\n", left, right);
  text += axes(panel) + x_range(panel) + y_range(panel);
  text += "set tmargin at screen 0.885\nset bmargin at screen 0.36\n";
  text += fmt::format("set title {} offset 0,-0.6\nset ylabel {} offset 0.5,0\n",
                      gnuplot_string(panel.title), gnuplot_string(panel.y_label));
  text += "unset xlabel\nset format x ''\nset key top right\n";
  text += curves(id, figure);
  // The ratio.
  const double half = ratio_range(ratio);
  text += axes(panel) + "unset logscale y\nset format y '%g'\nunset title\n";
  text += fmt::format("set yrange [{:.4g}:{:.4g}]\n", 1 - half, 1 + half);
  text += "set ytics autofreq\nset tmargin at screen 0.335\nset bmargin at screen 0.115\n";
  text += fmt::format("set xlabel {}\nset ylabel 'ratio' offset 0.5,0\n",
                      gnuplot_string(panel.x_label));
  text += ratio_curves(id);
  return text;
}

}  // namespace

std::string extension_of(FigureFormat format) {
  return format == FigureFormat::png ? ".png" : ".svg";
}

std::string gnuplot_script(const Figure& figure, FigureFormat format,
                           const std::filesystem::path& output) {
  std::string text =
      header(format, kPanelWidth * static_cast<int>(figure.panels.size()), kHeight, output);
  text += "set tics nomirror\n";
  text += fmt::format("set multiplot title {}\n", gnuplot_string(figure.title));
  for (std::size_t column = 0; column < figure.panels.size(); ++column) {
    text += draw_panel(figure, column);
  }
  return text + "unset multiplot\nset output\n";
}

std::string gnuplot_script(const MatrixFigure& figure, FigureFormat format,
                           const std::filesystem::path& output) {
  const std::size_t size = figure.labels.size();
  const auto columns = static_cast<double>(figure.matrices.size());
  std::string text =
      header(format, kPanelWidth * static_cast<int>(figure.matrices.size()), 600, output);
  std::string tics;
  for (std::size_t i = 0; i < size; ++i) {
    tics += fmt::format("{}{} {}", i ? ", " : "", gnuplot_string(figure.labels[i]), i);
  }
  text += fmt::format(
      "set xtics ({0}) rotate by 90 right\nset ytics ({0})\nset tics scale 0\n"
      "set xrange [-0.5:{1}]\nset yrange [{1}:-0.5]\nset cbrange [-1:1]\n"
      "set palette defined (-1 '#2166ac', -0.5 '#92c5de', 0 '#f7f7f7', 0.5 '#f4a582', 1 "
      "'#b2182b')\n"
      "unset key\nset multiplot title {2}\n",
      tics, static_cast<double>(size) - 0.5, gnuplot_string(figure.title));
  for (std::size_t column = 0; column < figure.matrices.size(); ++column) {
    const MatrixFigure::Matrix& matrix = figure.matrices[column];
    text += fmt::format("$matrix{} << EOD\n", column);
    for (std::size_t i = 0; i < matrix.values.size(); ++i) {
      text += fmt::format("{} {} {:.4f}\n", i % size, i / size, matrix.values[i]);
    }
    text += fmt::format(
        "EOD\nset lmargin at screen {:.4f}\nset rmargin at screen {:.4f}\n"
        "set tmargin at screen 0.89\nset bmargin at screen 0.2\nset title {} offset 0,-0.6\n"
        "plot $matrix{} using 1:2:3 with image\n",
        (static_cast<double>(column) + 0.2) / columns,
        (static_cast<double>(column) + 0.86) / columns, legend(matrix.title), column);
  }
  return text + "unset multiplot\nset output\n";
}

}  // namespace showergan::physics
