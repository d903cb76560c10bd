#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace showergan::layers {

/// A linear map, different for each condition, that makes numbers of mean 0, variance 1 and without
/// linear correlation: x = L⁻¹ (u − m(c)) / s(c), where m and ln s are linear in the condition's
/// features c, and L Lᵀ is the covariance of the scaled residuals (Cholesky). What is left for a
/// flow is what is not normal about the numbers.
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
  /// L, (size, size), lower triangle.
  const std::vector<double>& root() const noexcept { return root_; }

 private:
  double mean(std::size_t i, std::span<const float> features) const;
  double scale(std::size_t i, std::span<const float> features) const;

  std::int64_t size_;
  std::vector<double> mean_kernel_, mean_bias_, scale_kernel_, scale_bias_, root_;
};

}  // namespace showergan::layers
