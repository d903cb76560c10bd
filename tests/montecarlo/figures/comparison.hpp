#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "figure.hpp"

namespace showergan::montecarlo::figures {

/// Published values (or those of a theory), at energies or other places.
struct Published {
  std::string medium;
  std::vector<double> at;
  std::vector<double> values;
};

/// A quantity of the Monte Carlo beside published values of it.
class Comparison {
 public:
  /// `title` with the unit, and the source of the published values; `unit` of what they are at.
  explicit Comparison(std::string title, std::string unit = "MeV")
      : title_(std::move(title)), unit_(std::move(unit)) {}

  /// Adds to the panel the published values as points, `ours` as a line over the panel's range of
  /// x, and the ratio of both at the points; and keeps the ratio for the table.
  void add(Panel& panel, int colour, const Published& published,
           const std::function<double(double)>& ours);

  /// Adds to the table alone.
  void add(const Published& published, const std::function<double(double)>& ours);

  /// Tables in Markdown, one for each medium: the values compared with, and ours over them.
  std::string table() const;

 private:
  struct Row {
    Published published;
    std::vector<double> ratios;
  };

  std::string title_;
  std::string unit_;
  std::vector<Row> rows_;
};

/// `formula` over the panel's range of x.
Series curve(const Panel& panel, const std::string& label, Style style, int colour,
             const std::function<double(double)>& formula);

}  // namespace showergan::montecarlo::figures
