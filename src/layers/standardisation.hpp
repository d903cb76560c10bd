#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace showergan::layers {

/// What regressors of a number may be computed from.
struct RegressedSample {
  std::span<const float> numbers;     ///< of the sample; those before the number are used
  std::span<const float> inputs;      ///< what is known besides, above all the condition
  std::span<const double> residuals;  ///< (number − mean) / spread of the numbers before
};

/// What the mean and ln spread of numbers are linear in, besides 1: the condition, and numbers that
/// come before.
class Regressors {
 public:
  virtual ~Regressors() = default;
  /// How many number `number` has.
  virtual std::size_t count(std::size_t number) const = 0;
  virtual void fill(std::size_t number, const RegressedSample& sample,
                    std::span<double> regressors) const = 0;
};

/// Numbers to standardise: rows of `size` for each sample, and its inputs.
struct NumberTable {
  std::span<const float> numbers;  ///< (samples, size)
  std::span<const float> inputs;   ///< (samples, width)
  std::size_t size = 0;
  std::size_t width = 0;

  std::size_t samples() const noexcept { return numbers.size() / size; }
  std::span<const float> numbers_of(std::size_t sample) const {
    return numbers.subspan(sample * size, size);
  }
  std::span<const float> inputs_of(std::size_t sample) const {
    return inputs.subspan(sample * width, width);
  }
};

/// A map, different for each condition, that makes normal numbers of variance 1 and without linear
/// correlation out of numbers u with any marginal distributions: r_i = (u_i − m_i) / s_i, where m_i
/// and ln s_i are linear in the number's regressors; z_i = Φ⁻¹(F_i(r_i)), with the distribution
/// function F_i of all samples (flow::kMarginalKnots); and x = L⁻¹ z, with the covariance L Lᵀ of z
/// (Cholesky). A flow of affine couplings cannot change the shape of one number by itself, which
/// where a particle hits its cell needs: that is uniform. What is left for it is what is not normal
/// about the numbers together.
class Standardisation {
 public:
  /// Throws InputError if there are not more samples than numbers, or if they do not determine the
  /// map: those of the first number are not all different enough.
  Standardisation(const NumberTable& table, const Regressors& regressors);

  /// x (size) of one sample.
  void apply(std::span<const float> numbers, std::span<const float> inputs,
             std::span<float> x) const;

  /// Coefficients of m and of ln s of a number: that of 1, then those of its regressors.
  std::span<const double> mean(std::size_t number) const { return mean_[number]; }
  std::span<const double> log_spread(std::size_t number) const { return log_spread_[number]; }
  /// r where z is at the first knot, (size), and slopes of r between the knots and beyond them,
  /// (size, flow::kMarginalSlopes).
  const std::vector<double>& marginal_start() const noexcept { return marginal_start_; }
  const std::vector<double>& marginal_slope() const noexcept { return marginal_slope_; }
  /// L, (size, size), lower triangle.
  const std::vector<double>& root() const noexcept { return root_; }

 private:
  void fit_mean_and_spread(const NumberTable& table, std::size_t number,
                           std::vector<double>& residuals);
  void fit_marginal(std::vector<double> residuals);
  double normal(std::size_t number, double residual) const;

  const Regressors* regressors_;
  std::size_t size_;
  std::vector<std::vector<double>> mean_, log_spread_;
  std::vector<double> marginal_start_, marginal_slope_, root_;
};

}  // namespace showergan::layers
