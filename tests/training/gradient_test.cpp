#include "training/gradient.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace showergan::training {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TEST(GradientNorm, IsTheEuclideanOneForEverySize) {
  for (std::size_t size = 0; size < 40; ++size) {
    std::vector<float> gradient(size);
    double sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
      gradient[i] = static_cast<float>(i) - 7.5F;
      sum += gradient[i] * gradient[i];
    }
    EXPECT_DOUBLE_EQ(gradient_norm(gradient), std::sqrt(sum)) << size;
  }
}

TEST(GradientNorm, LosesNothingInALargeSumAndDoesNotOverflow) {
  EXPECT_NEAR(gradient_norm(std::vector<float>(1'000'000, 0.001F)), 1, 1e-7);
  const float most = std::numeric_limits<float>::max();
  EXPECT_NEAR(gradient_norm(std::vector<float>(4, most)) / most, 2, 1e-12);
}

TEST(GradientNorm, ShowsWhatIsNotFinite) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{8}, std::size_t{19}}) {
    std::vector<float> gradient(size, 1);
    gradient[size / 2] = kNan;
    EXPECT_TRUE(std::isnan(gradient_norm(gradient)));
    gradient[size / 2] = -kInfinity;
    EXPECT_EQ(gradient_norm(gradient), kInfinity);
  }
}

TEST(ClipGradient, ShortensToTheLimitAndKeepsTheDirection) {
  std::vector<float> gradient = {3, 0, -4};
  EXPECT_EQ(clip_gradient(gradient, 2.5), 5);
  EXPECT_EQ(gradient, (std::vector<float>{1.5F, 0, -2}));
}

TEST(ClipGradient, LeavesAGradientWithinTheLimit) {
  std::vector<float> gradient = {3, 0, -4};
  EXPECT_EQ(clip_gradient(gradient, 5), 5);
  EXPECT_EQ(gradient, (std::vector<float>{3, 0, -4}));
}

TEST(ClipGradient, WithoutALimitLeavesEveryGradient) {
  std::vector<float> gradient = {3e20F, 4e20F};
  EXPECT_NEAR(clip_gradient(gradient, 0) / 5e20, 1, 1e-6);
  EXPECT_EQ(gradient, (std::vector<float>{3e20F, 4e20F}));
}

TEST(ClipGradient, LeavesAGradientWithoutALengthAndSaysSo) {
  std::vector<float> infinite = {1, kInfinity};
  EXPECT_EQ(clip_gradient(infinite, 1), kInfinity);
  EXPECT_EQ(infinite, (std::vector<float>{1, kInfinity}));
  std::vector<float> undefined = {1, kNan};
  EXPECT_TRUE(std::isnan(clip_gradient(undefined, 1)));
  EXPECT_EQ(undefined[0], 1);
}

TEST(ClipGradient, OfNothingIsNothing) {
  EXPECT_EQ(clip_gradient({}, 1), 0);
  std::vector<float> zeros(3);
  EXPECT_EQ(clip_gradient(zeros, 1), 0);
  EXPECT_EQ(zeros, std::vector<float>(3));
}

}  // namespace
}  // namespace showergan::training
