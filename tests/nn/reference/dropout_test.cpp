#include "nn/graph/dropout.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "nn/reference/run.hpp"

namespace showergan::nn::reference {
namespace {

using Values = std::vector<double>;

Options training(std::uint64_t seed, std::uint64_t first = 0) {
  Options options;
  options.training = true;
  options.dropout.seed = seed;
  options.dropout.first_index = first;
  return options;
}

TEST(Dropout, DoesNothingInInference) {
  EXPECT_EQ(apply(Dropout{0.5}, {3}, {1, 2, 3}), (Values{1, 2, 3}));
}

TEST(Dropout, IsTheSameForTheSameKey) {
  const Values ones(2 * 50, 1.0);
  const Values once = apply(Dropout{0.5}, {50}, ones, 2, training(1));
  EXPECT_EQ(once, apply(Dropout{0.5}, {50}, ones, 2, training(1)));
  EXPECT_NE(once, apply(Dropout{0.5}, {50}, ones, 2, training(2)));
}

TEST(Dropout, BelongsToTheSampleAndNotToItsPlace) {
  const Values ones(2 * 50, 1.0);
  const Values pair = apply(Dropout{0.5}, {50}, ones, 2, training(1));
  const Values second = apply(Dropout{0.5}, {50}, Values(50, 1.0), 1, training(1, 1));
  EXPECT_TRUE(std::equal(second.begin(), second.end(), pair.begin() + 50));
  const std::uint64_t swapped[] = {1, 0};
  Options options = training(1);
  options.dropout.sample_index = swapped;
  const Values turned = apply(Dropout{0.5}, {50}, ones, 2, options);
  EXPECT_TRUE(std::equal(second.begin(), second.end(), turned.begin()));
}

TEST(Dropout, KeepsTheExpectation) {
  const Values ones(40000, 1.0);
  const Values y = apply(Dropout{0.2}, {40000}, ones, 1, training(3));
  double sum = 0;
  for (const double value : y) {
    EXPECT_TRUE(value == 0 || value == 1.25);
    sum += value;
  }
  // The deviation of the mean is sqrt(0.25 / 40000) = 0.0025.
  EXPECT_NEAR(sum / 40000, 1, 0.01);
}

TEST(Dropout, DrawsForChannelsInnermostInAnImage) {
  std::vector<float> factors(3 * 4);
  dropout_factors(Dropout{0.5}, 9, 0, factors);
  const Values y = apply(Dropout{0.5}, {3, 1, 2, 2}, Values(12, 1.0), 1, training(9));
  for (std::size_t channel = 0; channel < 3; ++channel) {
    for (std::size_t cell = 0; cell < 4; ++cell) {
      EXPECT_EQ(y[channel * 4 + cell], static_cast<double>(factors[cell * 3 + channel]));
    }
  }
}

}  // namespace
}  // namespace showergan::nn::reference
