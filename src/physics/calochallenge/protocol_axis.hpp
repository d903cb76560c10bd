#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace showergan::physics {

/// (bins + 1) edges of bins of equal width.
std::vector<double> linear_edges(double low, double high, std::size_t bins);

/// (bins + 1) edges of bins of equal width in the logarithm; none unless 0 < low < high.
std::vector<double> logarithmic_edges(double low, double high, std::size_t bins);

/// The bin of a value; a bin holds its lower edge, and the last one both. None outside, and for a
/// value that is no number.
std::optional<std::size_t> bin_of(std::span<const double> edges, double value);

/// The part of the values that lies in one of the bins; 0 for no values.
double part_inside(std::span<const double> edges, std::span<const double> values);

}  // namespace showergan::physics
