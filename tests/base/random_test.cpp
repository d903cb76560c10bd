#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(CounterRandom, GivesThePublishedPhiloxNumbers) {
  // Known answers of Random123 for Philox 4x32-10 with key and counter 0.
  const CounterRandom random(0, static_cast<RandomPurpose>(0));
  const std::array<std::uint32_t, 4> expected = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
  EXPECT_EQ(random.words(0, 0), expected);
}

TEST(CounterRandom, DependsOnSeedPurposeStreamIndexAndDraw) {
  const auto base = CounterRandom(1, RandomPurpose::noise).words(5, 0);
  EXPECT_EQ(base, CounterRandom(1, RandomPurpose::noise).words(5, 0));
  EXPECT_NE(base, CounterRandom(2, RandomPurpose::noise).words(5, 0));
  EXPECT_NE(base, CounterRandom(1 + (std::uint64_t{1} << 32), RandomPurpose::noise).words(5, 0));
  EXPECT_NE(base, CounterRandom(1, RandomPurpose::condition).words(5, 0));
  EXPECT_NE(base, CounterRandom(1, RandomPurpose::noise, 1).words(5, 0));
  EXPECT_NE(base, CounterRandom(1, RandomPurpose::noise).words(6, 0));
  EXPECT_NE(base, CounterRandom(1, RandomPurpose::noise).words(5 + (std::uint64_t{1} << 32), 0));
  EXPECT_NE(base, CounterRandom(1, RandomPurpose::noise).words(5, 1));
}

TEST(CounterRandom, ManyWordsAreThoseOfSingleDraws) {
  const CounterRandom random(0x123456789abcdef, RandomPurpose::dropout, 77);
  const std::uint64_t index = 0xfedcba9876543210;
  for (const std::uint32_t first : {0u, 5u, 0xfffffffbu}) {  // the last runs over the end
    for (const std::size_t count : {0u, 1u, 4u, 31u, 32u, 35u, 101u}) {
      std::vector<std::uint32_t> many(count);
      random.fill_words(index, first, many);
      for (std::size_t i = 0; i < count; ++i) {
        const auto one = random.words(index, first + static_cast<std::uint32_t>(i / 4));
        EXPECT_EQ(many[i], one[i % 4]) << first << ' ' << i;
      }
    }
  }
}

TEST(CounterRandom, ShorterRequestIsAPrefixOfALongerOne) {
  const CounterRandom random(7, RandomPurpose::noise);
  std::vector<float> all(23);
  random.fill_normal(3, all);
  for (std::size_t n = 0; n <= all.size(); ++n) {
    std::vector<float> some(n);
    random.fill_normal(3, some);
    EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin())) << n;
  }
}

TEST(CounterRandom, UniformHasTheMomentsOfTheUnitInterval) {
  std::vector<float> numbers(200000);
  CounterRandom(11, RandomPurpose::condition).fill_uniform(0, numbers);
  double sum = 0;
  double squares = 0;
  for (const float u : numbers) {
    ASSERT_GE(u, 0.0F);
    ASSERT_LT(u, 1.0F);
    sum += u;
    squares += u * u;
  }
  const auto n = static_cast<double>(numbers.size());
  EXPECT_NEAR(sum / n, 0.5, 0.003);
  EXPECT_NEAR(squares / n, 1.0 / 3.0, 0.003);
}

TEST(CounterRandom, NormalHasTheMomentsOfTheStandardNormal) {
  std::vector<float> numbers(200000);
  CounterRandom(12, RandomPurpose::noise).fill_normal(0, numbers);
  double moment[5] = {};
  for (const float z : numbers) {
    ASSERT_TRUE(std::isfinite(z));
    double power = 1;
    for (double& m : moment) {
      m += power;
      power *= z;
    }
  }
  const auto n = static_cast<double>(numbers.size());
  EXPECT_NEAR(moment[1] / n, 0.0, 0.01);
  EXPECT_NEAR(moment[2] / n, 1.0, 0.02);
  EXPECT_NEAR(moment[3] / n, 0.0, 0.04);
  EXPECT_NEAR(moment[4] / n, 3.0, 0.1);
}

TEST(ToUnitFloat, StaysBelowOne) {
  EXPECT_EQ(to_unit_float(0), 0.0F);
  EXPECT_LT(to_unit_float(0xffffffff), 1.0F);
}

}  // namespace
}  // namespace showergan
