#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace showergan::montecarlo::figures {

enum class Style {
  line,
  dashed,
  published,  ///< black points
  sampled     ///< points with error bars
};

/// Values to be drawn in one way.
struct Series {
  std::string label;  ///< none in the legend if empty
  Style style = Style::line;
  int colour = 0;  ///< of a palette for the colour-blind; published values are black
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> error;  ///< of y; as many as y, or none

  void add(double at, double value) {
    x.push_back(at);
    y.push_back(value);
  }
  void add(double at, double value, double deviation) {
    add(at, value);
    error.push_back(deviation);
  }
};

struct Axis {
  std::string label;  ///< with its unit, in gnuplot's enhanced text
  double low = 0;
  double high = 1;
  bool logarithmic = false;
};

/// Curves, and below them their ratios, if there are any.
struct Panel {
  std::string title;
  Axis x;
  Axis y;
  std::vector<Series> series;
  std::string ratio_label;
  double ratio_range = 0.05;  ///< 1 ± this
  std::vector<Series> ratios;
  std::string key = "top right";  ///< where the legend is
};

/// Panels side by side.
struct Figure {
  std::string name;  ///< of the file, without extension
  std::vector<Panel> panels;
};

/// Writes NAME.gp, a script that makes gnuplot write NAME.png beside it. Throws std::runtime_error
/// if it cannot.
void write(const Figure& figure, const std::filesystem::path& folder);

}  // namespace showergan::montecarlo::figures
