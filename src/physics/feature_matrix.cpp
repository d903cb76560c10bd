#include "physics/feature_matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/contract.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kLanes = 8;

/// Σ term(i) in eight partial sums, which the compiler keeps in vector registers.
template <class Term>
double sum_of(std::size_t size, Term term) {
  std::array<double, kLanes> sums = {};
  for (std::size_t i = 0; i < size; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += term(i + lane);
  }
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace

FeatureMatrix::FeatureMatrix(std::size_t rows, std::size_t columns)
    : rows_(rows),
      columns_(columns),
      stride_((columns + kLanes - 1) / kLanes * kLanes),
      values_(rows * stride_) {}

double squared_distance(std::span<const double> a, std::span<const double> b) {
  const double* x = a.data();
  const double* y = b.data();
  return sum_of(a.size(), [x, y](std::size_t i) { return (x[i] - y[i]) * (x[i] - y[i]); });
}

double dot_product(std::span<const double> a, std::span<const double> b) {
  const double* x = a.data();
  const double* y = b.data();
  return sum_of(a.size(), [x, y](std::size_t i) { return x[i] * y[i]; });
}

FeatureMatrix divided(FeatureMatrix features, std::span<const double> scale) {
  SHOWERGAN_EXPECT(scale.size() == features.columns());
  for (std::size_t i = 0; i < features.rows(); ++i) {
    const std::span<double> row = features.row(i);
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (scale[k] != 0) row[k] /= scale[k];
    }
  }
  return features;
}

std::vector<double> largest_values(const FeatureMatrix& features) {
  std::vector<double> largest(features.columns());
  for (std::size_t i = 0; i < features.rows(); ++i) {
    for (std::size_t k = 0; k < largest.size(); ++k) {
      largest[k] = std::max(largest[k], std::abs(features.row(i)[k]));
    }
  }
  return largest;
}

std::vector<double> standard_deviations(const FeatureMatrix& features) {
  std::vector<double> deviations;
  std::vector<double> column(features.rows());
  for (std::size_t k = 0; k < features.columns(); ++k) {
    for (std::size_t i = 0; i < column.size(); ++i) column[i] = features.row(i)[k];
    deviations.push_back(standard_deviation(column));
  }
  return deviations;
}

}  // namespace showergan::physics
