#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace showergan::montecarlo {

/// A smooth function of a positive number, tabulated in 16 equal steps of each octave and linear in
/// between. The place in the table is read off the number's bits, so that a function of its
/// logarithm costs no logarithm; ln x itself has an error below 5e-4. Outside the range, as at its
/// end.
class OctaveTable {
 public:
  /// The range is rounded outwards to whole octaves.
  template <typename Function>
  OctaveTable(double least, double greatest, Function function)
      : least_(std::exp2(std::floor(std::log2(least)))),
        greatest_(std::exp2(std::ceil(std::log2(greatest)))),
        first_(std::bit_cast<std::uint64_t>(least_) >> shift) {
    const std::uint64_t last = std::bit_cast<std::uint64_t>(greatest_) >> shift;
    for (std::uint64_t node = first_; node <= last + 1; ++node) {
      nodes_.push_back(function(std::bit_cast<double>(node << shift)));
    }
  }

  double operator()(double x) const {
    const auto bits = std::bit_cast<std::uint64_t>(std::clamp(x, least_, greatest_));
    const double* before = nodes_.data() + ((bits >> shift) - first_);
    // What is left of the mantissa, as a number from 1 to 2.
    const std::uint64_t rest = bits << (52 - shift) & 0x000fffffffffffff;
    const double fraction = std::bit_cast<double>(rest | 0x3ff0000000000000) - 1;
    return before[0] + fraction * (before[1] - before[0]);
  }

 private:
  static constexpr int shift = 52 - 4;

  double least_;
  double greatest_;
  std::uint64_t first_;
  std::vector<double> nodes_;
};

}  // namespace showergan::montecarlo
