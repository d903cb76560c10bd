#include "gan/step_random.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

namespace showergan::gan {
namespace {

/// Two noise inputs around the condition.
nn::Graph generator() {
  nn::Graph graph;
  graph.add("noise", nn::Input{{5}});
  graph.add("condition", nn::Input{{2}});
  graph.add("noise_cells", nn::Input{{3, 2, 1}});
  return graph;
}

StepRandom step_random(std::uint64_t seed) {
  return StepRandom(seed, generator(), {{"theta", 1, 2}, {"energy", 10, 500}});
}

std::vector<std::uint64_t> many(std::size_t count) {
  std::vector<std::uint64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 1000u);
  return numbers;
}

TEST(StepRandom, EachPassHasItsOwnNumbersForAShower) {
  const std::vector<std::uint64_t> index = {0, 1, 77};
  EXPECT_EQ(StepRandom::numbers(Pass::real, index), index);
  std::set<std::uint64_t> all;
  for (const Pass pass : {Pass::real, Pass::fake, generator_pass(0), generator_pass(1)}) {
    for (const std::uint64_t number : StepRandom::numbers(pass, index)) all.insert(number);
  }
  EXPECT_EQ(all.size(), 12u);
  EXPECT_EQ(StepRandom::numbers(generator_pass(1), index)[2], (std::uint64_t{3} << 56) + 77);
}

TEST(StepRandom, EveryInputButTheConditionGetsNoise) {
  const StepRandom random = step_random(1);
  ASSERT_EQ(random.noise_inputs().size(), 2u);
  EXPECT_EQ(random.noise_inputs()[0].name, "noise");
  EXPECT_EQ(random.noise_inputs()[0].count, 5);
  EXPECT_EQ(random.noise_inputs()[1].name, "noise_cells");
  EXPECT_EQ(random.noise_inputs()[1].count, 6);
}

TEST(StepRandom, NoiseBelongsToTheNumberNotToThePlaceInTheBatch) {
  const StepRandom random = step_random(1);
  const std::vector<float> batch = random.noise(0, std::vector<std::uint64_t>{4, 9, 2});
  EXPECT_EQ(batch.size(), 15u);
  EXPECT_EQ(random.noise(0, std::vector<std::uint64_t>{9}),
            std::vector<float>(batch.begin() + 5, batch.begin() + 10));
  const std::vector<float> other = random.noise(1, std::vector<std::uint64_t>{9});
  EXPECT_NE(std::vector<float>(other.begin(), other.begin() + 5),
            std::vector<float>(batch.begin() + 5, batch.begin() + 10));
  EXPECT_NE(step_random(2).noise(0, std::vector<std::uint64_t>{4, 9, 2}), batch);
}

TEST(StepRandom, NoiseIsNormal) {
  const std::vector<float> values = step_random(1).noise(1, many(20'000));
  double sum = 0;
  double squares = 0;
  for (const float value : values) {
    sum += static_cast<double>(value);
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  const auto n = static_cast<double>(values.size());
  EXPECT_NEAR(sum / n, 0, 5 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 5 * std::sqrt(2 / n));
}

TEST(StepRandom, ConditionsAreUniformInTheRangesOfTheModel) {
  const std::vector<float> values = step_random(1).conditions(many(10'000));
  double theta = 0;
  double energy = 0;
  for (std::size_t i = 0; i < values.size(); i += 2) {
    ASSERT_TRUE(values[i] >= 1 && values[i] <= 2) << values[i];
    ASSERT_TRUE(values[i + 1] >= 10 && values[i + 1] <= 500) << values[i + 1];
    theta += static_cast<double>(values[i]) / 10'000;
    energy += static_cast<double>(values[i + 1]) / 10'000;
  }
  // Five standard deviations of the mean.
  EXPECT_NEAR(theta, 1.5, 0.015);
  EXPECT_NEAR(energy, 255, 7.1);
}

TEST(StepRandom, ConditionsBelongToTheNumber) {
  const std::vector<float> batch = step_random(1).conditions(std::vector<std::uint64_t>{4, 9});
  EXPECT_EQ(step_random(1).conditions(std::vector<std::uint64_t>{9}),
            std::vector<float>(batch.begin() + 2, batch.end()));
}

TEST(StepRandom, LabelsAreTrueUnlessTheyAreFlipped) {
  const StepRandom random = step_random(1);
  EXPECT_EQ(random.labels(1, 0, many(3)), (std::vector<float>{1, 1, 1}));
  EXPECT_EQ(random.labels(0, 0, many(3)), (std::vector<float>{0, 0, 0}));
  EXPECT_EQ(random.labels(1, 1, many(3)), (std::vector<float>{0, 0, 0}));
  EXPECT_EQ(random.labels(0, 1, many(3)), (std::vector<float>{1, 1, 1}));
}

TEST(StepRandom, AsManyLabelsAreFlippedAsTheRecipeWants) {
  const std::vector<float> labels = step_random(1).labels(1, 0.05, many(40'000));
  const auto flipped = static_cast<double>(std::ranges::count(labels, 0.0f));
  EXPECT_NEAR(flipped / 40'000, 0.05, 5 * std::sqrt(0.05 * 0.95 / 40'000));
}

TEST(StepRandom, RealAndFakeLabelsAreFlippedSeparately) {
  const StepRandom random = step_random(1);
  const std::vector<std::uint64_t> index = many(64);
  const auto flips = [&](Pass pass) {
    return random.labels(1, 0.5, StepRandom::numbers(pass, index));
  };
  EXPECT_NE(flips(Pass::real), flips(Pass::fake));
}

}  // namespace
}  // namespace showergan::gan
