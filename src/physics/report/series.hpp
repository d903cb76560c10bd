#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace showergan::physics {

/// A number over time, ascending in x. What is not finite is left out when it is drawn.
struct Series {
  std::string label;
  std::vector<double> x;
  std::vector<double> y;
  /// Least and largest number that a point stands for, as thinned() gives them; empty: y alone.
  std::vector<double> low{};
  std::vector<double> high{};
};

/// A long series as at most `columns` points: the numbers within a column of equal width in x are
/// drawn as their mean, and as the range from the least to the largest of them. A series that has
/// no more points than columns stays as it is. Numbers that are not finite do not count.
Series thinned(const Series& series, std::size_t columns);

/// One plot of some series.
struct SeriesPanel {
  std::string title;
  std::string y_label;
  bool log_y = false;
  bool points = false;  ///< markers on the lines, for few numbers
  std::vector<Series> series;
  /// Drawn dashed and grey below the others, such as a floor.
  std::optional<Series> floor{};
  /// Where a vertical line stands.
  std::optional<double> mark{};
};

/// Whether a logarithmic axis suits the numbers, the floor among them: all are positive and span
/// more than a factor 20. A series that is 0 everywhere, such as a loss that is by definition, does
/// not count; a logarithmic axis leaves it out.
bool suits_logarithm(const SeriesPanel& panel);

/// Panels in rows, with x in common.
struct SeriesFigure {
  std::string name;
  std::string title;
  std::string x_label;
  std::vector<SeriesPanel> panels;
  std::size_t columns = 2;
  bool small = false;  ///< panels of half the size, and without legends
};

}  // namespace showergan::physics
