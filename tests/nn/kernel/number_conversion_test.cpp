#include "nn/kernel/number_conversion.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

class NumberConversion : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, NumberConversion, testing::ValuesIn(vector_targets()), target_name);

/// Nothing, and on both sides of one and more vectors.
const std::size_t counts[] = {0, 1, 15, 16, 17, 31, 33, 100};

/// With patterns that are shorter and longer than a vector, and one beyond the storage for them.
const std::size_t channel_counts[] = {1, 3, 6, 8, 64, 97, 1030};

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

std::vector<float> normal_numbers(std::size_t count, std::uint64_t index) {
  std::vector<float> values(count);
  CounterRandom(1, RandomPurpose::noise).fill_normal(index, values);
  return values;
}

float float_of(std::uint32_t bits) {
  return std::bit_cast<float>(bits);
}

/// Of a float; infinity counts as the number that would follow the largest one.
double value_of(std::uint32_t bits) {
  const double value = static_cast<double>(float_of(bits));
  return std::isinf(value) ? std::copysign(0x1p128, value) : value;
}

/// The definition: of the two neighbours with eight bits of mantissa the nearer one, or the even
/// one.
std::uint16_t nearest_bf16(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t inner = bits & 0xFFFF0000u;
  if (bits == inner) return static_cast<std::uint16_t>(inner >> 16);
  const std::uint32_t outer = inner + 0x10000u;
  const double to_inner = std::abs(static_cast<double>(x) - value_of(inner));
  const double to_outer = std::abs(static_cast<double>(x) - value_of(outer));
  const bool inner_is_even = (inner >> 16) % 2 == 0;
  const bool takes_inner = to_inner == to_outer ? inner_is_even : to_inner < to_outer;
  return static_cast<std::uint16_t>((takes_inner ? inner : outer) >> 16);
}

/// Converts and checks that nothing beyond the end is written.
std::vector<std::uint16_t> bf16_of(const std::vector<float>& from) {
  constexpr std::uint16_t guard = 0xABCD;
  std::vector<std::uint16_t> to(from.size() + 16, guard);
  to_bf16(from.data(), to.data(), static_cast<std::int64_t>(from.size()));
  EXPECT_TRUE(std::all_of(to.begin() + static_cast<std::ptrdiff_t>(from.size()), to.end(),
                          [](std::uint16_t word) { return word == guard; }));
  to.resize(from.size());
  return to;
}

TEST_P(NumberConversion, Bf16OfChosenNumbers) {
  struct Expected {
    std::uint32_t bits;
    std::uint16_t result;
  };
  const Expected table[] = {
      {0x00000000, 0x0000}, {0x80000000, 0x8000},  // ±0
      {0x3F800000, 0x3F80},                        // 1, exact
      {0x3F807FFF, 0x3F80}, {0x3F808001, 0x3F81},  // below and above the middle
      {0x3F808000, 0x3F80}, {0x3F818000, 0x3F82},  // the middle: to the even side
      {0xBF808000, 0xBF80}, {0xBF818000, 0xBF82}, {0x3FFFFFFF, 0x4000},  // into the next exponent
      {0x7F7F0000, 0x7F7F}, {0x7F7F7FFF, 0x7F7F},                        // the largest finite ones
      {0x7F7F8000, 0x7F80}, {0x7F7FFFFF, 0x7F80}, {0xFF7FFFFF, 0xFF80},  // beyond: infinity
      {0x7F800000, 0x7F80}, {0xFF800000, 0xFF80},                        // ±infinity
      {0x00000001, 0x0000}, {0x00007FFF, 0x0000}, {0x00008000, 0x0000},  // denormal numbers
      {0x00008001, 0x0001}, {0x00018000, 0x0002}, {0x807FFFFF, 0x8080}, {0x00810000, 0x0081},
  };
  const std::size_t size = std::size(table);
  for (const std::size_t count : counts) {
    for (std::size_t turn = 0; turn < size; ++turn) {  // each number at each place
      std::vector<float> from;
      std::vector<std::uint16_t> expected;
      for (std::size_t i = 0; i < count; ++i) {
        from.push_back(float_of(table[(i + turn) % size].bits));
        expected.push_back(table[(i + turn) % size].result);
      }
      ASSERT_EQ(bf16_of(from), expected) << count << " numbers";
    }
  }
}

TEST_P(NumberConversion, Bf16IsTheNearestForNumbersOfAllSizes) {
  std::vector<std::uint32_t> words(10007);
  CounterRandom(3, RandomPurpose::noise).fill_words(1, 0, words);
  std::vector<float> from;
  for (const std::uint32_t word : words) {
    if (!std::isnan(float_of(word))) from.push_back(float_of(word));
    const float middle = float_of((word & 0xFFFF0000u) | 0x8000u);
    if (!std::isnan(middle)) from.push_back(middle);
  }
  const std::vector<std::uint16_t> to = bf16_of(from);
  for (std::size_t i = 0; i < from.size(); ++i) ASSERT_EQ(to[i], nearest_bf16(from[i])) << from[i];
}

TEST_P(NumberConversion, Bf16KeepsWhatIsNoNumber) {
  std::vector<float> from = normal_numbers(37, 1);
  for (const std::size_t place : {0u, 7u, 35u, 36u}) {
    from[place] = place % 2 == 0 ? not_a_number : -not_a_number;
  }
  const std::vector<std::uint16_t> to = bf16_of(from);
  for (std::size_t i = 0; i < from.size(); ++i) {
    const float back = float_of(static_cast<std::uint32_t>(to[i]) << 16);
    EXPECT_EQ(std::isnan(back), std::isnan(from[i])) << i;
  }
}

/// In a plain loop.
float largest_of(const std::vector<float>& x, const std::vector<float>& factors) {
  float largest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float magnitude = std::abs(x[i] * factors[i % factors.size()]);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

float largest(const std::vector<float>& x, const std::vector<float>& factors) {
  return largest_magnitude(x.data(), factors, static_cast<std::int64_t>(x.size()));
}

TEST_P(NumberConversion, LargestMagnitudeWithAFactorPerChannel) {
  for (const std::size_t channels : channel_counts) {
    const std::vector<float> factors = normal_numbers(channels, 2);
    for (const std::size_t count : counts) {
      const std::vector<float> x = normal_numbers(count, 3);
      EXPECT_EQ(largest(x, factors), largest_of(x, factors)) << channels << ", " << count;
    }
    const std::vector<float> x = normal_numbers(5 * channels + 3, 4);
    EXPECT_EQ(largest(x, factors), largest_of(x, factors)) << channels;
  }
}

TEST_P(NumberConversion, LargestMagnitudeIsFoundAtAnyPlaceAndOfEitherSign) {
  for (const float sign : {1.0f, -1.0f}) {
    for (std::size_t place = 0; place < 37; ++place) {
      std::vector<float> x(37, 0.25f);
      x[place] = sign * 3;
      EXPECT_EQ(largest(x, {1.0f}), 3) << place;
      EXPECT_EQ(largest(x, {-1.0f, 1.0f, 1.0f}), 3) << place;
    }
  }
}

TEST_P(NumberConversion, WhatIsNoNumberIsNotLost) {
  for (const float wrong : {not_a_number, infinity, -infinity}) {
    for (std::size_t place = 0; place < 37; ++place) {
      std::vector<float> x(37, -0.25f);
      x[place] = wrong;
      EXPECT_TRUE(std::isnan(largest(x, {2.0f}))) << wrong << " at " << place;
    }
  }
}

/// In a plain loop.
std::vector<std::uint8_t> steps_of(const std::vector<float>& x, const std::vector<float>& factors) {
  std::vector<std::uint8_t> steps;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float value = x[i] * factors[i % factors.size()];
    const float whole = std::nearbyint(std::clamp(value, -largest_step, largest_step));
    steps.push_back(static_cast<std::uint8_t>(zero_step + static_cast<int>(whole)));
  }
  return steps;
}

/// Converts and checks that nothing beyond the end is written.
std::vector<std::uint8_t> steps(const std::vector<float>& x, const std::vector<float>& factors) {
  constexpr std::uint8_t guard = 0xAB;
  std::vector<std::uint8_t> to(x.size() + 16, guard);
  to_steps(x.data(), factors, to.data(), static_cast<std::int64_t>(x.size()));
  EXPECT_TRUE(std::all_of(to.begin() + static_cast<std::ptrdiff_t>(x.size()), to.end(),
                          [](std::uint8_t step) { return step == guard; }));
  to.resize(x.size());
  return to;
}

TEST_P(NumberConversion, StepsWithAFactorPerChannel) {
  for (const std::size_t channels : channel_counts) {
    std::vector<float> factors = normal_numbers(channels, 5);
    for (float& factor : factors) factor *= 60;  // some numbers are cut
    for (const std::size_t count : counts) {
      const std::vector<float> x = normal_numbers(count, 6);
      EXPECT_EQ(steps(x, factors), steps_of(x, factors)) << channels << ", " << count;
    }
    const std::vector<float> x = normal_numbers(5 * channels + 3, 7);
    EXPECT_EQ(steps(x, factors), steps_of(x, factors)) << channels;
  }
}

TEST_P(NumberConversion, StepsRoundToEvenAndAreCut) {
  const std::vector<float> x{0,      0.25f, 0.5f,   0.75f, 1.5f,  2.5f,    126.4f,
                             126.5f, 127,   127.4f, 128,   1e30f, infinity};
  const std::vector<std::uint8_t> expected{128, 128, 128, 129, 130, 130, 254,
                                           254, 255, 255, 255, 255, 255};
  const std::size_t size = x.size();
  for (std::size_t turn = 0; turn < size; ++turn) {
    std::vector<float> many;
    std::vector<float> negative;
    std::vector<std::uint8_t> above;
    std::vector<std::uint8_t> below;
    for (std::size_t i = 0; i < 37; ++i) {
      const std::size_t place = (i + turn) % size;
      many.push_back(x[place]);
      negative.push_back(-x[place]);
      above.push_back(expected[place]);
      below.push_back(static_cast<std::uint8_t>(2 * zero_step - expected[place]));  // symmetric
    }
    EXPECT_EQ(steps(many, {1.0f}), above);
    EXPECT_EQ(steps(negative, {1.0f}), below);
    EXPECT_EQ(steps(many, {-1.0f}), below);
  }
}

TEST_P(NumberConversion, WhatIsNoNumberDisturbsNoOther) {
  const std::vector<float> x = normal_numbers(37, 8);
  const std::vector<std::uint8_t> expected = steps(x, {40.0f});
  for (std::size_t place = 0; place < x.size(); ++place) {
    std::vector<float> damaged = x;
    damaged[place] = not_a_number;
    std::vector<std::uint8_t> found = steps(damaged, {40.0f});
    found[place] = expected[place];  // some step
    EXPECT_EQ(found, expected) << place;
  }
}

}  // namespace
}  // namespace showergan::nn::kernel
