#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace showergan::physics {

/// A table of numbers, one row per shower and one column per feature, in double precision.
class FeatureMatrix {
 public:
  FeatureMatrix(std::size_t rows, std::size_t columns);

  std::size_t rows() const noexcept { return rows_; }
  std::size_t columns() const noexcept { return columns_; }
  /// (columns)
  std::span<double> row(std::size_t i) noexcept { return {&values_[i * stride_], columns_}; }
  std::span<const double> row(std::size_t i) const noexcept {
    return {&values_[i * stride_], columns_};
  }
  /// The row with zeros behind it up to a multiple of eight numbers, for sums in vector registers.
  std::span<const double> padded_row(std::size_t i) const noexcept {
    return {&values_[i * stride_], stride_};
  }

 private:
  std::size_t rows_;
  std::size_t columns_;
  std::size_t stride_;
  std::vector<double> values_;
};

/// Squared Euclidean distance of two padded rows.
double squared_distance(std::span<const double> a, std::span<const double> b);

/// Scalar product of two padded rows.
double dot_product(std::span<const double> a, std::span<const double> b);

/// The matrix with each column divided by `scale` (columns); a column of scale 0 stays.
FeatureMatrix divided(FeatureMatrix features, std::span<const double> scale);

/// (columns) largest absolute value of each column.
std::vector<double> largest_values(const FeatureMatrix& features);

/// (columns) standard deviation of each column.
std::vector<double> standard_deviations(const FeatureMatrix& features);

}  // namespace showergan::physics
