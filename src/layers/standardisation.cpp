#include "layers/standardisation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "flow/layer_flow.hpp"

namespace showergan::layers {
namespace {

/// Replaces a symmetric positive matrix (n, n) by its lower Cholesky factor; false if it is not
/// positive.
bool cholesky(std::vector<double>& matrix, std::size_t n) {
  constexpr double least = 1e-9;  // of the diagonal, for a pivot: below is rounding
  for (std::size_t j = 0; j < n; ++j) {
    const double diagonal = matrix[j * n + j];
    for (std::size_t i = 0; i < n; ++i) {
      double& element = matrix[i * n + j];
      if (i < j) {
        element = 0;
        continue;
      }
      for (std::size_t k = 0; k < j; ++k) element -= matrix[i * n + k] * matrix[j * n + k];
      if (i == j) {
        if (!(element > least * diagonal)) return false;
        element = std::sqrt(element);
      } else {
        element /= matrix[j * n + j];
      }
    }
  }
  return true;
}

/// x with L x = b, in place.
void solve_lower(std::span<const double> root, std::size_t n, std::span<double> b) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= root[i * n + k] * b[k];
    b[i] /= root[i * n + i];
  }
}

/// x with Lᵀ x = b, in place.
void solve_upper(std::span<const double> root, std::size_t n, std::span<double> b) {
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= root[k * n + i] * b[k];
    b[i] /= root[i * n + i];
  }
}

[[noreturn]] void too_few() {
  throw InputError("too few showers to learn the layers from",
                   "they do not determine mean and spread at all energies",
                   "give more showers, of different energies");
}

/// Least squares of targets against 1 and `count` regressors, one target after the other.
class Regression {
 public:
  /// `ridge` times the number of samples is added to the squares of the regressors' coefficients.
  Regression(std::span<const double> regressors, std::size_t count, double ridge)
      : regressors_(regressors), count_(count), normal_((count + 1) * (count + 1)) {
    for (std::size_t row = 0; row < rows(); ++row) {
      for (std::size_t i = 0; i <= count_; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
          normal_[i * (count_ + 1) + j] += basis(row, i) * basis(row, j);
        }
      }
    }
    for (std::size_t i = 0; i <= count_; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        normal_[j * (count_ + 1) + i] = normal_[i * (count_ + 1) + j];
      }
      if (i > 0) normal_[i * (count_ + 1) + i] += ridge * static_cast<double>(rows());
    }
    if (!cholesky(normal_, count_ + 1)) too_few();
  }

  std::size_t rows() const { return regressors_.size() / count_; }

  /// Coefficients of target(row), that of 1 first.
  template <typename Target>
  std::vector<double> fit(const Target& target) const {
    std::vector<double> sums(count_ + 1);
    for (std::size_t row = 0; row < rows(); ++row) {
      const double value = target(row);
      for (std::size_t i = 0; i <= count_; ++i) sums[i] += basis(row, i) * value;
    }
    solve_lower(normal_, count_ + 1, sums);
    solve_upper(normal_, count_ + 1, sums);
    return sums;
  }

 private:
  double basis(std::size_t row, std::size_t i) const {
    return i == 0 ? 1 : regressors_[row * count_ + i - 1];
  }

  std::span<const double> regressors_;
  std::size_t count_;
  std::vector<double> normal_;
};

double linear(std::span<const double> coefficients, std::span<const double> regressors) {
  double sum = coefficients[0];
  for (std::size_t k = 0; k < regressors.size(); ++k) sum += coefficients[k + 1] * regressors[k];
  return sum;
}

}  // namespace

Standardisation::Standardisation(const NumberTable& table, const Regressors& regressors)
    : regressors_(&regressors), size_(table.size) {
  const std::size_t n = size_;
  const std::size_t rows = table.samples();
  SHOWERGAN_EXPECT(n > 0 && table.width > 0 && table.inputs.size() == rows * table.width);
  if (rows <= n) too_few();
  std::vector<double> residuals(rows * n);
  for (std::size_t i = 0; i < n; ++i) {
    fit_mean_and_spread(table, i, residuals);
    std::vector<double> of_number(rows);
    for (std::size_t row = 0; row < rows; ++row) of_number[row] = residuals[row * n + i];
    fit_marginal(std::move(of_number));
  }
  constexpr double ridge = 1e-6;
  root_.assign(n * n, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    double* r = residuals.data() + row * n;
    for (std::size_t i = 0; i < n; ++i) r[i] = normal(i, r[i]);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) root_[i * n + j] += r[i] * r[j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      root_[i * n + j] = root_[i * n + j] / static_cast<double>(rows) + (i == j ? ridge : 0);
      root_[j * n + i] = root_[i * n + j];
    }
  }
  if (!cholesky(root_, n)) too_few();
}

/// Fills column i of the residuals, of which those before are known.
void Standardisation::fit_mean_and_spread(const NumberTable& table, std::size_t i,
                                          std::vector<double>& residuals) {
  const std::size_t rows = table.samples();
  const std::size_t count = regressors_->count(i);
  std::vector<double> known(rows * count);
  const auto regressors = [&](std::size_t row) {
    return std::span(known).subspan(row * count, count);
  };
  for (std::size_t row = 0; row < rows; ++row) {
    regressors_->fill(i,
                      {table.numbers_of(row), table.inputs_of(row),
                       std::span(residuals).subspan(row * size_, size_)},
                      regressors(row));
  }
  // Conditions must differ from shower to shower; what comes from other numbers need not.
  const Regression regression(known, count, i == 0 ? 0 : 1e-6);
  const auto number = [&](std::size_t row) {
    return static_cast<double>(table.numbers_of(row)[i]);
  };
  const auto residual = [&](std::size_t row) -> double& { return residuals[row * size_ + i]; };
  mean_.push_back(regression.fit(number));
  for (std::size_t row = 0; row < rows; ++row) {
    residual(row) = number(row) - linear(mean_[i], regressors(row));
  }
  constexpr double least = 1e-3;  // keeps the logarithm of a residual finite
  log_spread_.push_back(
      regression.fit([&](std::size_t row) { return std::log(std::abs(residual(row)) + least); }));
  for (std::size_t row = 0; row < rows; ++row) {
    residual(row) /= std::exp(linear(log_spread_[i], regressors(row)));
  }
}

/// Values at the knots are quantiles; none is closer to the next than `least`, so that the map can
/// be undone. Beyond the knots the last slopes go on.
void Standardisation::fit_marginal(std::vector<double> residuals) {
  constexpr double least = 1e-3;
  std::ranges::sort(residuals);
  const auto quantile = [&](double knot) {
    const double level = 0.5 * std::erfc(-knot / std::numbers::sqrt2);
    const double place = level * static_cast<double>(residuals.size()) - 0.5;
    const double inside = std::clamp(place, 0.0, static_cast<double>(residuals.size() - 1));
    const auto first = std::min(static_cast<std::size_t>(inside), residuals.size() - 2);
    const double part = inside - static_cast<double>(first);
    return (1 - part) * residuals[first] + part * residuals[first + 1];
  };
  std::vector<double> slopes;
  double value = quantile(flow::kMarginalKnots[0]);
  marginal_start_.push_back(value);
  for (std::size_t k = 1; k < flow::kMarginalKnots.size(); ++k) {
    const double next = std::max(quantile(flow::kMarginalKnots[k]), value + least);
    slopes.push_back((next - value) / (flow::kMarginalKnots[k] - flow::kMarginalKnots[k - 1]));
    value = next;
  }
  marginal_slope_.push_back(slopes.front());
  marginal_slope_.insert(marginal_slope_.end(), slopes.begin(), slopes.end());
  marginal_slope_.push_back(slopes.back());
}

/// z of number i, by walking along the lines.
double Standardisation::normal(std::size_t i, double residual) const {
  const double* slopes = marginal_slope_.data() + i * flow::kMarginalSlopes;
  double value = marginal_start_[i];
  if (residual < value) return flow::kMarginalKnots[0] + (residual - value) / slopes[0];
  for (std::size_t k = 1; k < flow::kMarginalKnots.size(); ++k) {
    const double width = flow::kMarginalKnots[k] - flow::kMarginalKnots[k - 1];
    const double next = value + slopes[k] * width;
    if (residual < next) return flow::kMarginalKnots[k - 1] + (residual - value) / slopes[k];
    value = next;
  }
  return flow::kMarginalKnots.back() + (residual - value) / slopes[flow::kMarginalKnots.size()];
}

void Standardisation::apply(std::span<const float> numbers, std::span<const float> inputs,
                            std::span<float> x) const {
  SHOWERGAN_EXPECT(numbers.size() == size_ && x.size() == size_);
  std::vector<double> residuals(size_);
  std::vector<double> known;
  for (std::size_t i = 0; i < size_; ++i) {
    known.resize(regressors_->count(i));
    regressors_->fill(i, {numbers, inputs, residuals}, known);
    residuals[i] = (static_cast<double>(numbers[i]) - linear(mean_[i], known)) /
                   std::exp(linear(log_spread_[i], known));
  }
  for (std::size_t i = 0; i < size_; ++i) residuals[i] = normal(i, residuals[i]);
  solve_lower(root_, size_, residuals);
  std::ranges::transform(residuals, x.begin(),
                         [](double value) { return static_cast<float>(value); });
}

}  // namespace showergan::layers
