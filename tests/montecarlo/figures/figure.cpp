#include "figure.hpp"

#include <array>
#include <fstream>

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan::montecarlo::figures {
namespace {

constexpr int panel_width = 370;  // pixels
constexpr int height = 390;

/// M. Okabe and K. Ito, "Color Universal Design" (2008).
constexpr std::array<const char*, 5> palette = {"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                                "#e69f00"};

/// How a series is drawn, after the columns that it needs.
std::string look(const Series& series) {
  const char* colour = palette.at(static_cast<std::size_t>(series.colour));
  switch (series.style) {
    case Style::line:
      return fmt::format("with lines lw 1.8 lc rgb '{}'", colour);
    case Style::dashed:
      return fmt::format("with lines lw 1.6 dt (10, 6) lc rgb '{}'", colour);
    case Style::published:
      return fmt::format("with points pt {} ps 0.7 lw 1.2 lc rgb '#000000'", 6 + 2 * series.colour);
    case Style::sampled:
      return fmt::format("with yerrorbars pt 7 ps 0.45 lw 1 lc rgb '{}'", colour);
  }
  throw Error("a series of unknown style", series.label, "add its look");
}

/// Without data an entry of the legend alone.
std::string source(const std::string& block, const Series& series) {
  if (series.x.empty()) return "keyentry";
  return fmt::format("${} using 1:2{}", block, series.style == Style::sampled ? ":3" : "");
}

std::string data_block(const std::string& name, const Series& series) {
  std::string text = fmt::format("${} << EOD\n", name);
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    text += fmt::format("{:.6g} {:.6g} {:.3g}\n", series.x[i], series.y[i],
                        series.error.empty() ? 0 : series.error[i]);
  }
  return text + "EOD\n";
}

std::string axis(char which, const Axis& axis, bool labelled) {
  // First without a scale: gnuplot would take the logarithm of the last plot's range.
  std::string text = fmt::format("unset logscale {0}\nset {0}range [{1:.6g}:{2:.6g}]\n", which,
                                 axis.low, axis.high);
  if (axis.logarithmic) text += fmt::format("set logscale {}\n", which);
  const char* format = axis.logarithmic ? "10^{%T}" : "%g";
  text += fmt::format("set format {} '{}'\n", which, labelled ? format : "");
  return text;
}

/// The plot command, and the data before it.
std::string plot(const std::string& id, const std::vector<Series>& all, bool with_line_at_one) {
  std::string data;
  std::string command = with_line_at_one ? "1 with lines lw 0.8 lc rgb '#808080' notitle" : "";
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string name = fmt::format("{}s{}", id, i);
    if (!all[i].x.empty()) data += data_block(name, all[i]);
    if (!command.empty()) command += ", \\\n     ";
    command += fmt::format("{} {} ", source(name, all[i]), look(all[i]));
    command +=
        all[i].label.empty() || with_line_at_one ? "notitle" : "title '" + all[i].label + "'";
  }
  return data + "plot " + command + "\n";
}

std::string draw(const Panel& panel, std::size_t column, std::size_t columns) {
  const auto count = static_cast<double>(columns);
  const double left = (static_cast<double>(column) + 0.175) / count;
  const double right = (static_cast<double>(column) + 0.965) / count;
  const bool ratio = !panel.ratios.empty();
  const std::string id = fmt::format("p{}", column);
  std::string text =
      fmt::format("set lmargin at screen {:.4f}\nset rmargin at screen {:.4f}\n", left, right);
  text +=
      fmt::format("set tmargin at screen 0.92\nset bmargin at screen {}\n", ratio ? 0.44 : 0.13);
  text += axis('x', panel.x, !ratio) + axis('y', panel.y, true) + "set ytics autofreq\n";
  text += fmt::format("set title '{}' offset 0,-0.7\nset ylabel '{}' offset 0.6,0 font ',10'\n",
                      panel.title, panel.y.label);
  text += fmt::format("set xlabel '{}' offset 0,0.4\n", ratio ? "" : panel.x.label);
  text += fmt::format("set key {} samplen 2 spacing 1.05 font ',9'\n", panel.key);
  text += plot(id, panel.series, false);
  if (!ratio) return text;
  const double range = panel.ratio_range;
  text += "unset title\nset tmargin at screen 0.41\nset bmargin at screen 0.13\n";
  text += axis('x', panel.x, true) + axis('y', {"", 1 - range, 1 + range, false}, true);
  text += fmt::format("set ytics {:.3g}, {:.3g}\n", 1 - range, range / 2);
  text += fmt::format("set xlabel '{}' offset 0,0.4\nset ylabel '{}' offset 0.6,0 font ',9'\n",
                      panel.x.label, panel.ratio_label);
  return text + plot(id + "r", panel.ratios, true);
}

}  // namespace

void write(const Figure& figure, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / (figure.name + ".gp");
  std::ofstream out(file);
  out << fmt::format(
      "set encoding utf8\n"
      "set terminal pngcairo enhanced size {},{} font 'DejaVu Sans,10' background '#ffffff'\n"
      "set output '{}.png'\n"
      "set tics nomirror\nset errorbars 0\nset multiplot\n",
      panel_width * static_cast<int>(figure.panels.size()), height, figure.name);
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    out << draw(figure.panels[i], i, figure.panels.size());
  }
  out << "unset multiplot\nset output\n";
  out.flush();
  if (!out) throw Error("cannot write a figure", file.string(), "choose a folder with room");
}

}  // namespace showergan::montecarlo::figures
