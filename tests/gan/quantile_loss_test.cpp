#include "gan/quantile_loss.hpp"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace showergan::gan {
namespace {

constexpr double unit = 2e-5;

TEST(QuantileLoss, HasTheValueOfItsDefinition) {
  // Levels 0.5 and Φ(1) = 0.841345; the first cell is too low by ln 3, the second too high by ln 2.
  const std::vector<float> target = {4e-5f, 0};
  const std::vector<float> shower = {0, 2e-5f};
  const std::vector<float> noise = {0, 1};
  std::vector<float> gradient(2);
  const double loss = quantile_loss(target, shower, noise, unit, gradient);
  EXPECT_NEAR(loss, (0.5 * std::log(3.0) + (1 - 0.841345) * std::log(2.0)) / 2, 1e-6);
  EXPECT_LT(gradient[0], 0);
  EXPECT_GT(gradient[1], 0);
}

TEST(QuantileLoss, HasTheDerivativeOfItsValue) {
  std::mt19937_64 random(1);
  std::normal_distribution<float> normal;
  std::vector<float> target(20);
  std::vector<float> shower(20);
  std::vector<float> noise(20);
  for (std::size_t i = 0; i < target.size(); ++i) {
    target[i] = 1e-4f * std::exp(normal(random));
    shower[i] = 1e-4f * std::exp(normal(random));
    noise[i] = normal(random);
  }
  shower[3] = -7e-5f;  // a network may get there, and must find back
  std::vector<float> gradient(20);
  std::vector<float> ignored(20);
  quantile_loss(target, shower, noise, unit, gradient);
  for (std::size_t i = 0; i < target.size(); ++i) {
    std::vector<float> up = shower;
    std::vector<float> down = shower;
    up[i] *= 1.001f;
    down[i] *= 0.999f;
    const double slope = (quantile_loss(target, up, noise, unit, ignored) -
                          quantile_loss(target, down, noise, unit, ignored)) /
                         static_cast<double>(up[i] - down[i]);
    EXPECT_NEAR(static_cast<double>(gradient[i]), slope, 2e-3 * std::abs(slope)) << i;
  }
}

/// The expected loss of a constant is least at the quantile.
TEST(QuantileLoss, IsLeastAtTheQuantile) {
  const std::vector<float> noise = {1};  // 84 %
  double best = 1e9;
  int least = -1;
  std::vector<float> gradient(1);
  for (int guess = 0; guess < 100; ++guess) {
    double sum = 0;
    for (int k = 0; k < 100; ++k) {
      const std::vector<float> target = {1e-5f * static_cast<float>(k)};
      const std::vector<float> shower = {1e-5f * static_cast<float>(guess)};
      sum += quantile_loss(target, shower, noise, unit, gradient);
    }
    if (sum < best) {
      best = sum;
      least = guess;
    }
  }
  EXPECT_NEAR(least, 84, 1);
}

}  // namespace
}  // namespace showergan::gan
