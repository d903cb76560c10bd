#include "physics/statistics.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(Statistics, MeanAndStandardDeviation) {
  const std::vector<double> values = {1, 3, 5, 7};
  EXPECT_DOUBLE_EQ(mean(values), 4);
  EXPECT_DOUBLE_EQ(standard_deviation(values), std::sqrt(5.0));
  EXPECT_EQ(mean({}), 0);
  EXPECT_EQ(standard_deviation({}), 0);
}

TEST(Statistics, QuantilesAreLinearBetweenNeighbours) {
  const std::vector<double> sorted = {0, 10, 20};
  EXPECT_DOUBLE_EQ(quantile_of_sorted(sorted, 0), 0);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(sorted, 0.25), 5);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(sorted, 1), 20);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(std::vector<double>{7}, 0.3), 7);
}

TEST(Statistics, CorrelationOfALineIsOneAndOfAConstantZero) {
  const std::vector<double> x = {1, 2, 4};
  EXPECT_DOUBLE_EQ(correlation(x, std::vector<double>{3, 5, 9}), 1);
  EXPECT_DOUBLE_EQ(correlation(x, std::vector<double>{-1, -2, -4}), -1);
  EXPECT_EQ(correlation(x, std::vector<double>{2, 2, 2}), 0);
}

TEST(Statistics, LineThroughPoints) {
  const Line line = fit_line(std::vector<double>{0, 1, 2}, std::vector<double>{1, 3, 5});
  EXPECT_DOUBLE_EQ(line.offset, 1);
  EXPECT_DOUBLE_EQ(line.slope, 2);
  const Line flat = fit_line(std::vector<double>{2, 2}, std::vector<double>{1, 3});
  EXPECT_DOUBLE_EQ(flat.at(100), 2);
}

TEST(KolmogorovSmirnov, OfEqualSamplesIsZero) {
  const auto test = kolmogorov_smirnov({1, 2, 3}, {3, 2, 1});
  EXPECT_EQ(test.distance, 0);
  EXPECT_EQ(test.probability, 1);
}

TEST(KolmogorovSmirnov, OfDisjointSamplesIsOne) {
  const auto test = kolmogorov_smirnov(std::vector<double>(50, 1), std::vector<double>(60, 2));
  EXPECT_EQ(test.distance, 1);
  EXPECT_LT(test.probability, 1e-20);
}

TEST(KolmogorovSmirnov, ProbabilityIsUniformUnderOneDistribution) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform;
  int below = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    std::vector<double> a(100);
    std::vector<double> b(150);
    for (double& value : a) value = uniform(random);
    for (double& value : b) value = uniform(random);
    below += kolmogorov_smirnov(a, b).probability < 0.1;
  }
  EXPECT_NEAR(below, 100, 40);
}

}  // namespace
}  // namespace showergan::physics
