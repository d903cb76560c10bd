#include "physics/metric/symmetric_eigenvalues.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "physics/hashed_numbers.hpp"

namespace showergan::physics {
namespace {

TEST(SymmetricEigenvalues, SecondDifferenceMatrixHasItsKnownSpectrum) {
  constexpr std::size_t kSize = 20;
  SquareMatrix matrix(kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    matrix(i, i) = 2;
    if (i > 0) matrix(i, i - 1) = matrix(i - 1, i) = -1;
  }
  const std::vector<double> values = symmetric_eigenvalues(matrix);
  for (std::size_t k = 0; k < kSize; ++k) {
    const double wanted =
        2 - 2 * std::cos(std::numbers::pi * static_cast<double>(k + 1) / (kSize + 1));
    EXPECT_NEAR(values[k], wanted, 1e-13);
  }
}

TEST(SymmetricEigenvalues, FullMatrixKeepsTraceAndSumOfSquares) {
  constexpr std::size_t kSize = 40;
  SquareMatrix matrix(kSize);
  double trace = 0;
  double squares = 0;
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      matrix(i, j) = matrix(j, i) = test::hashed_uniform(1000 * i + j) - 0.5;
      squares += (i == j ? 1 : 2) * matrix(i, j) * matrix(i, j);
    }
    trace += matrix(i, i);
  }
  const std::vector<double> values = symmetric_eigenvalues(matrix);
  EXPECT_NEAR(std::accumulate(values.begin(), values.end(), 0.0), trace, 1e-12);
  EXPECT_NEAR(std::inner_product(values.begin(), values.end(), values.begin(), 0.0), squares,
              1e-11);
  EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
}

TEST(SymmetricEigenvalues, RankOneAndZero) {
  SquareMatrix matrix(5);
  EXPECT_EQ(symmetric_eigenvalues(matrix), std::vector<double>(5));
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 5; ++j) matrix(i, j) = static_cast<double>((i + 1) * (j + 1));
  }
  const std::vector<double> values = symmetric_eigenvalues(matrix);
  EXPECT_NEAR(values[4], 55, 1e-12);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(values[i], 0, 1e-12);
}

TEST(SymmetricEigenvalues, SaysSoWhenANumberIsNotFinite) {
  SquareMatrix matrix(3);
  matrix(0, 1) = matrix(1, 0) = NAN;
  EXPECT_THROW(symmetric_eigenvalues(matrix), Error);
}

}  // namespace
}  // namespace showergan::physics
