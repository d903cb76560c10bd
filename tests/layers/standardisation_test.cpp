#include "layers/standardisation.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "layers/marginal.hpp"
#include "support/error_text.hpp"

namespace showergan::layers {
namespace {

constexpr std::size_t samples = 4000;

/// The condition for the first number; for others also the number before it, and its residual if
/// asked for.
class OneBefore : public Regressors {
 public:
  explicit OneBefore(bool before = false) : before_(before) {}
  std::size_t count(std::size_t number) const override { return number == 0 || !before_ ? 1 : 3; }
  void fill(std::size_t number, const RegressedSample& sample,
            std::span<double> regressors) const override {
    regressors[0] = static_cast<double>(sample.inputs[0]);
    if (regressors.size() == 1) return;
    regressors[1] = static_cast<double>(sample.numbers[number - 1]);
    regressors[2] = sample.residuals[number - 1] * sample.residuals[number - 1];
  }

 private:
  bool before_;
};

const OneBefore condition_only;

NumberTable table(std::span<const float> numbers, std::span<const float> features) {
  return {numbers, features, 2, 1};
}

/// Two numbers with mean and spread that follow a feature, and correlated with each other.
struct Sample {
  std::vector<float> numbers;
  std::vector<float> features;

  Sample() {
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<float> uniform(-1, 1);
    for (std::size_t i = 0; i < samples; ++i) {
      const float f = uniform(random);
      const auto c = static_cast<double>(f);
      const double a = normal(random);
      const double b = normal(random);
      features.push_back(f);
      numbers.push_back(static_cast<float>(3 + 2 * c + std::exp(0.5 * c) * a));
      numbers.push_back(static_cast<float>(-1 + 10 * (0.8 * a + 0.6 * b)));
    }
  }
};

TEST(Standardisation, TakesMeanSpreadAndCorrelation) {
  const Sample sample;
  const Standardisation map(table(sample.numbers, sample.features), condition_only);
  EXPECT_NEAR(map.mean(0)[0], 3, 0.1);
  EXPECT_NEAR(map.mean(0)[1], 2, 0.1);
  EXPECT_NEAR(map.log_spread(0)[1], 0.5, 0.1);
  EXPECT_NEAR(map.log_spread(1)[1], 0, 0.1);
  EXPECT_EQ(map.root()[1], 0);
  double mean[2] = {};
  double product[3] = {};
  std::vector<float> x(2);
  for (std::size_t i = 0; i < samples; ++i) {
    map.apply(std::span(sample.numbers).subspan(2 * i, 2), std::span(sample.features).subspan(i, 1),
              x);
    const auto a = static_cast<double>(x[0]);
    const auto b = static_cast<double>(x[1]);
    mean[0] += a / samples;
    mean[1] += b / samples;
    product[0] += a * a / samples;
    product[1] += b * b / samples;
    product[2] += a * b / samples;
  }
  EXPECT_NEAR(mean[0], 0, 2e-2);
  EXPECT_NEAR(mean[1], 0, 2e-2);
  EXPECT_NEAR(product[0], 1, 1e-4);
  EXPECT_NEAR(product[1], 1, 1e-4);
  EXPECT_NEAR(product[2], 0, 1e-4);
}

TEST(Standardisation, MakesAnyShapeNormal) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::exponential_distribution<float> exponential;
  std::vector<float> numbers;
  std::vector<float> features;
  constexpr std::size_t count = 40'000;
  for (std::size_t i = 0; i < count; ++i) {
    features.push_back(uniform(random));
    numbers.push_back(uniform(random));
    numbers.push_back(exponential(random));
  }
  const Standardisation map(table(numbers, features), condition_only);
  for (std::size_t number = 0; number < 2; ++number) {
    double fourth = 0;
    double third = 0;
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<float> x(2);
      map.apply(std::span(numbers).subspan(2 * i, 2), std::span(features).subspan(i, 1), x);
      third += std::pow(static_cast<double>(x[number]), 3) / count;
      fourth += std::pow(static_cast<double>(x[number]), 4) / count;
    }
    EXPECT_NEAR(third, 0, 0.1) << "skewness of number " << number;
    EXPECT_NEAR(fourth, 3, 0.15) << "1.8 of a uniform, 9 of an exponential number";
  }
}

TEST(Standardisation, CanBeUndoneWithItsNumbers) {
  const Sample sample;
  const Standardisation map(table(sample.numbers, sample.features), condition_only);
  std::vector<float> x(2);
  map.apply(std::span(sample.numbers).first(2), std::span(sample.features).first(1), x);
  const auto f = static_cast<double>(sample.features[0]);
  for (std::size_t i = 0; i < 2; ++i) {
    const double normal = map.root()[2 * i] * static_cast<double>(x[0]) +
                          map.root()[2 * i + 1] * static_cast<double>(x[1]);
    const double residual = test::marginal(map, i, normal);
    EXPECT_NEAR(map.mean(i)[0] + map.mean(i)[1] * f +
                    std::exp(map.log_spread(i)[0] + map.log_spread(i)[1] * f) * residual,
                static_cast<double>(sample.numbers[i]), 1e-5);
  }
}

/// A number whose mean bends with the number before, and whose spread grows with its residual: no
/// linear correlation shows it.
TEST(Standardisation, FollowsNumbersBefore) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> numbers;
  std::vector<float> features;
  for (std::size_t i = 0; i < samples; ++i) {
    const double a = normal(random);
    features.push_back(uniform(random));
    numbers.push_back(static_cast<float>(a));
    numbers.push_back(static_cast<float>(a * a + std::exp(0.3 * a) * normal(random)));
  }
  const OneBefore before(true);
  const auto relation = [&](const Regressors& regressors, double power) {
    const Standardisation map(table(numbers, features), regressors);
    double sum = 0;
    std::vector<float> x(2);
    for (std::size_t i = 0; i < samples; ++i) {
      map.apply(std::span(numbers).subspan(2 * i, 2), std::span(features).subspan(i, 1), x);
      const auto a = static_cast<double>(x[0]);
      sum += (a * a - 1) * std::pow(static_cast<double>(x[1]), power) / samples;
    }
    return sum;
  };
  EXPECT_GT(relation(condition_only, 1), 0.7);
  EXPECT_NEAR(relation(before, 1), 0, 0.1);
  const Standardisation map(table(numbers, features), before);
  EXPECT_NEAR(map.log_spread(1)[2], 0.3, 0.05);
}

/// A regressor that is the same in all samples is left alone, unless it is the condition's.
TEST(Standardisation, ToleratesNumbersThatDoNotDiffer) {
  Sample sample;
  for (std::size_t i = 0; i < samples; ++i) sample.numbers[2 * i] = 1;
  std::mt19937_64 random(4);
  std::normal_distribution<float> normal;
  for (std::size_t i = 0; i < samples; ++i) sample.numbers[2 * i] += 1e-5f * normal(random);
  const OneBefore before(true);
  const Standardisation map(table(sample.numbers, sample.features), before);
  EXPECT_NEAR(map.mean(1)[0] + map.mean(1)[2], -1, 0.5);
}

TEST(Standardisation, NeedsMoreSamplesThanNumbers) {
  const std::vector<float> numbers = {1, 2, 3, 4};
  const std::vector<float> features = {0, 1};
  const std::string error =
      test::input_error([&] { Standardisation(table(numbers, features), condition_only); });
  EXPECT_EQ(error,
            "too few showers to learn the layers from (they do not determine mean and spread at "
            "all energies); give more showers, of different energies");
}

TEST(Standardisation, NeedsDifferentFeatures) {
  const Sample sample;
  const std::vector<float> features(samples, 0.5f);
  EXPECT_TRUE(test::input_error([&] {
                Standardisation(table(sample.numbers, features), condition_only);
              }).starts_with("too few showers"));
}

}  // namespace
}  // namespace showergan::layers
