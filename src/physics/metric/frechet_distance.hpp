#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "physics/feature_matrix.hpp"
#include "physics/metric/symmetric_eigenvalues.hpp"

namespace showergan::physics {

/// Sums over showers from which their mean and covariance follow; those of disjoint samples add up.
class MomentSums {
 public:
  explicit MomentSums(std::size_t features);

  /// Adds the rows of `features` with these numbers, which may repeat.
  void add(const FeatureMatrix& features, std::span<const std::size_t> rows);
  void add(const MomentSums& other);

  std::vector<double> mean() const;
  /// About the mean, divided by n − 1. Needs two rows.
  SquareMatrix covariance() const;

 private:
  double count_ = 0;
  std::vector<double> sum_;
  SquareMatrix products_;  ///< upper triangle
};

/// Fréchet distance of the normal distributions of two samples (D. C. Dowson and B. V. Landau,
/// J. Multivariate Anal. 12 (1982) 450): |μ_a − μ_b|² + Tr(Σ_a + Σ_b − 2·(Σ_a·Σ_b)^½). It has the
/// square of the features' unit. The trace of the root is the sum of the roots of the eigenvalues
/// of Lᵀ·Σ_b·L with Σ_a = L·Lᵀ, which exists where features depend on each other too.
double frechet_distance(const MomentSums& a, const MomentSums& b);

/// The Fréchet physics distance (R. Kansal et al., arXiv:2211.10295, section III): the Fréchet
/// distance at ten sample sizes n from a quarter to all of the rows, equally spaced in 1/n, each
/// the mean over 20 samples drawn with replacement; a straight line in 1/n that has neither a
/// negative slope nor a negative intercept then gives the distance at 1/n = 0. `reference` and
/// `candidate` are normalised features with equally many rows, at least 8. Depends on the seed, not
/// on `threads`.
double frechet_physics_distance(const FeatureMatrix& reference, const FeatureMatrix& candidate,
                                std::uint64_t seed, int threads);

}  // namespace showergan::physics
