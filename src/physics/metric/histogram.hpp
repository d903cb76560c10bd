#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace showergan::physics {

/// Bins of equal width.
struct HistogramAxis {
  double low = 0;
  double high = 0;
  std::size_t bins = 0;

  double width() const noexcept { return (high - low) / static_cast<double>(bins); }
  double centre(std::size_t bin) const noexcept {
    return low + (static_cast<double>(bin) + 0.5) * width();
  }
};

/// The axis on which distributions are compared: the 0.05 to 99.95 % quantiles of the reference
/// (not empty), widened by 10 % of their distance on each side.
HistogramAxis axis_over(std::vector<double> reference, std::size_t bins);

/// (bins) fraction of the values in each bin; what lies outside counts in the end bins. All 0 for
/// no values.
std::vector<double> normalised_histogram(std::span<const double> values, const HistogramAxis& axis);

}  // namespace showergan::physics
