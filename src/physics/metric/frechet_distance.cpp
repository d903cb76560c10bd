#include "physics/metric/frechet_distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "physics/metric/resampling.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kSizes = 10;
constexpr std::size_t kBatches = 20;

/// The lower triangle L of a = L·Lᵀ, row by row. A row that depends on those before it leaves a
/// column of zeros, as it may in a matrix that is semi-definite only.
SquareMatrix cholesky_factor(const SquareMatrix& a) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, a(i, i));
  const double negligible = 1e-14 * largest;
  SquareMatrix l(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double rest = a(i, j);
      for (std::size_t k = 0; k < j; ++k) rest -= l(i, k) * l(j, k);
      if (i == j) {
        l(i, i) = rest > negligible ? std::sqrt(rest) : 0.0;
      } else {
        l(i, j) = l(j, j) > 0 ? rest / l(j, j) : 0.0;
      }
    }
  }
  return l;
}

/// a·b
SquareMatrix product(const SquareMatrix& a, const SquareMatrix& b) {
  const std::size_t size = a.size();
  SquareMatrix c(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < size; ++k) {
      const double factor = a(i, k);
      if (factor == 0) continue;
      for (std::size_t j = 0; j < size; ++j) c(i, j) += factor * b(k, j);
    }
  }
  return c;
}

SquareMatrix transposed(const SquareMatrix& a) {
  SquareMatrix t(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) t(j, i) = a(i, j);
  }
  return t;
}

double trace(const SquareMatrix& a) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a(i, i);
  return sum;
}

/// Tr (a·b)^½ of covariances.
double trace_of_root(const SquareMatrix& a, const SquareMatrix& b) {
  const SquareMatrix l = cholesky_factor(a);
  double sum = 0;
  for (const double value : symmetric_eigenvalues(product(product(transposed(l), b), l))) {
    sum += std::sqrt(std::max(0.0, value));
  }
  return sum;
}

/// Ten sizes from n/4 to n, equally spaced in 1/n.
std::vector<std::size_t> sample_sizes(std::size_t rows) {
  std::vector<std::size_t> sizes;
  const auto largest = static_cast<double>(rows);
  for (std::size_t i = 0; i < kSizes; ++i) {
    const double inverse = std::lerp(4 / largest, 1 / largest, double(i) / (kSizes - 1));
    sizes.push_back(static_cast<std::size_t>(1 / inverse + 1e-6));
  }
  return sizes;
}

/// Offset of the least-squares line among those with neither a negative offset nor slope.
double offset_of_rising_line(std::span<const double> x, std::span<const double> y) {
  const Line free = fit_line(x, y);
  if (free.offset >= 0 && free.slope >= 0) return free.offset;
  const double flat = std::max(0.0, mean(y));
  double xx = 0;
  double xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += x[i] * x[i];
    xy += x[i] * y[i];
  }
  const double slope = std::max(0.0, xy / xx);
  double misfit_flat = 0;
  double misfit_origin = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    misfit_flat += (y[i] - flat) * (y[i] - flat);
    misfit_origin += (y[i] - slope * x[i]) * (y[i] - slope * x[i]);
  }
  return misfit_flat < misfit_origin ? flat : 0.0;
}

}  // namespace

MomentSums::MomentSums(std::size_t features) : sum_(features), products_(features) {}

void MomentSums::add(const FeatureMatrix& features, std::span<const std::size_t> rows) {
  const std::size_t size = sum_.size();
  SHOWERGAN_EXPECT(features.columns() == size);
  constexpr std::size_t kAtOnce = 4;  // so that a product is loaded and stored once for four rows
  const std::vector<double> nothing(size);
  for (std::size_t first = 0; first < rows.size(); first += kAtOnce) {
    const double* x[kAtOnce];
    for (std::size_t r = 0; r < kAtOnce; ++r) {
      x[r] = first + r < rows.size() ? features.row(rows[first + r]).data() : nothing.data();
    }
    for (std::size_t i = 0; i < size; ++i) {
      sum_[i] += x[0][i] + x[1][i] + x[2][i] + x[3][i];
      double* products = products_.row(i);
      for (std::size_t j = i; j < size; ++j) {
        products[j] +=
            (x[0][i] * x[0][j] + x[1][i] * x[1][j]) + (x[2][i] * x[2][j] + x[3][i] * x[3][j]);
      }
    }
  }
  count_ += static_cast<double>(rows.size());
}

void MomentSums::add(const MomentSums& other) {
  count_ += other.count_;
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    sum_[i] += other.sum_[i];
    for (std::size_t j = i; j < sum_.size(); ++j) products_(i, j) += other.products_(i, j);
  }
}

std::vector<double> MomentSums::mean() const {
  std::vector<double> mean = sum_;
  for (double& value : mean) value /= count_;
  return mean;
}

SquareMatrix MomentSums::covariance() const {
  SHOWERGAN_EXPECT(count_ >= 2);
  SquareMatrix covariance(sum_.size());
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    for (std::size_t j = i; j < sum_.size(); ++j) {
      covariance(i, j) = (products_(i, j) - sum_[i] * sum_[j] / count_) / (count_ - 1);
      covariance(j, i) = covariance(i, j);
    }
  }
  return covariance;
}

double frechet_distance(const MomentSums& a, const MomentSums& b) {
  const std::vector<double> mean_a = a.mean();
  const std::vector<double> mean_b = b.mean();
  double distance = 0;
  for (std::size_t i = 0; i < mean_a.size(); ++i) {
    distance += (mean_a[i] - mean_b[i]) * (mean_a[i] - mean_b[i]);
  }
  const SquareMatrix covariance_a = a.covariance();
  const SquareMatrix covariance_b = b.covariance();
  return distance + trace(covariance_a) + trace(covariance_b) -
         2 * trace_of_root(covariance_a, covariance_b);
}

double frechet_physics_distance(const FeatureMatrix& reference, const FeatureMatrix& candidate,
                                std::uint64_t seed, int threads) {
  SHOWERGAN_EXPECT(reference.rows() == candidate.rows() && reference.rows() >= 8);
  const std::vector<std::size_t> sizes = sample_sizes(reference.rows());
  std::vector<double> distances(kSizes * kBatches);
  parallel_for(threads, kSizes * kBatches, [&](std::int64_t task, int) {
    const auto number = static_cast<std::size_t>(task);
    const std::size_t size = sizes[number / kBatches];
    MomentSums a(reference.columns());
    MomentSums b(reference.columns());
    a.add(reference, draw_with_replacement(seed, 2 * number, reference.rows(), size));
    b.add(candidate, draw_with_replacement(seed, 2 * number + 1, candidate.rows(), size));
    distances[number] = frechet_distance(a, b);
  });
  std::vector<double> inverse;
  std::vector<double> means;
  for (std::size_t i = 0; i < kSizes; ++i) {
    inverse.push_back(1 / static_cast<double>(sizes[i]));
    means.push_back(mean(std::span(distances).subspan(i * kBatches, kBatches)));
  }
  return offset_of_rising_line(inverse, means);
}

}  // namespace showergan::physics
