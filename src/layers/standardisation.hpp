#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace showergan::layers {

/// A map, different for each condition, that makes normal numbers of variance 1 and without linear
/// correlation out of numbers u with any marginal distributions: r = (u − m(c)) / s(c), where m and
/// ln s are linear in the condition's features c; z_i = Φ⁻¹(F_i(r_i)), with the distribution
/// function F_i of all samples (flow::kMarginalKnots); and x = L⁻¹ z, with the covariance L Lᵀ of z
/// (Cholesky). A flow of affine couplings cannot change the shape of one number by itself, which
/// where a particle hits its cell needs: that is uniform. What is left for it is what is not normal
/// about the numbers together.
class Standardisation {
 public:
  /// `numbers` (n, size) and `features` (n, count) of n samples. Throws InputError if there are
  /// not more samples than numbers, or if they do not determine the map.
  Standardisation(std::span<const float> numbers, std::span<const float> features,
                  std::int64_t size, std::int64_t count);

  /// x of the numbers u of one sample.
  void apply(std::span<const float> numbers, std::span<const float> features,
             std::span<float> x) const;

  /// Coefficients of m and ln s, (size, count), and what they are without features, (size).
  const std::vector<double>& mean_kernel() const noexcept { return mean_kernel_; }
  const std::vector<double>& mean_bias() const noexcept { return mean_bias_; }
  const std::vector<double>& scale_kernel() const noexcept { return scale_kernel_; }
  const std::vector<double>& scale_bias() const noexcept { return scale_bias_; }
  /// r where z is at the first knot, (size), and slopes of r between the knots and beyond them,
  /// (size, flow::kMarginalSlopes).
  const std::vector<double>& marginal_start() const noexcept { return marginal_start_; }
  const std::vector<double>& marginal_slope() const noexcept { return marginal_slope_; }
  /// L, (size, size), lower triangle.
  const std::vector<double>& root() const noexcept { return root_; }

 private:
  double mean(std::size_t i, std::span<const float> features) const;
  double scale(std::size_t i, std::span<const float> features) const;
  void fit_marginal(std::vector<double> residuals);
  double normal(std::size_t i, double residual) const;

  std::int64_t size_;
  std::vector<double> mean_kernel_, mean_bias_, scale_kernel_, scale_bias_, marginal_start_,
      marginal_slope_, root_;
};

}  // namespace showergan::layers
