#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace showergan::montecarlo {

/// Smooth functions of a positive number, tabulated together in 16 equal steps of each octave and
/// linear in between: off by x² f''/2048 at most, which is 1.2e-4 of √x and 1e-3 of 1/x. The place
/// in the table is read off the number's bits and costs no logarithm; one place serves all columns,
/// which lie side by side. Outside the range a function is as at its end.
template <std::size_t Columns = 1>
class OctaveTable {
 public:
  using Row = std::array<double, Columns>;

  /// Between two rows.
  struct Place {
    std::size_t row;
    double fraction;
  };

  OctaveTable() = default;

  /// The range is rounded outwards to whole octaves; `function(x)` gives a Row, or the number of a
  /// single column.
  template <typename Function>
  OctaveTable(double least, double greatest, Function function)
      : least_(std::exp2(std::floor(std::log2(least)))),
        greatest_(std::exp2(std::ceil(std::log2(greatest)))),
        first_(std::bit_cast<std::uint64_t>(least_) >> shift) {
    const std::uint64_t last = std::bit_cast<std::uint64_t>(greatest_) >> shift;
    for (std::uint64_t node = first_; node <= last + 1; ++node) {
      rows_.push_back(Row{function(std::bit_cast<double>(node << shift))});
    }
  }

  Place place(double x) const {
    const auto bits = std::bit_cast<std::uint64_t>(std::clamp(x, least_, greatest_));
    // What is left of the mantissa, as a number from 1 to 2.
    const std::uint64_t rest = bits << (52 - shift) & 0x000fffffffffffff;
    return {static_cast<std::size_t>((bits >> shift) - first_),
            std::bit_cast<double>(rest | 0x3ff0000000000000) - 1};
  }

  double at(const Place& place, std::size_t column) const {
    const double before = rows_[place.row][column];
    return before + place.fraction * (rows_[place.row + 1][column] - before);
  }

  /// The larger one of the values on both sides.
  double largest(const Place& place, std::size_t column) const {
    return std::max(rows_[place.row][column], rows_[place.row + 1][column]);
  }

  double operator()(double x, std::size_t column = 0) const { return at(place(x), column); }

 private:
  static constexpr int shift = 52 - 4;

  double least_ = 1;
  double greatest_ = 1;
  std::uint64_t first_ = 0;
  std::vector<Row> rows_;
};

}  // namespace showergan::montecarlo
