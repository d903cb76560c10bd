#include "nn/kernel/vector.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "nn/kernel/stacking.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

std::vector<float> normal_numbers(std::size_t count, std::uint64_t index) {
  std::vector<float> values(count);
  CounterRandom(1, RandomPurpose::noise).fill_normal(index, values);
  return values;
}

/// Channel counts on both sides of the vector length, multiples of it, and one whose pattern is
/// longer than the storage for patterns.
const std::size_t channel_counts[] = {1, 3, 6, 8, 16, 25, 64, 97, 1030};

class Vector : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, Vector, testing::ValuesIn(vector_targets()), target_name);

[[maybe_unused]] bool has_target(std::int64_t target) {
  const std::vector<std::int64_t> targets = vector_targets();
  return std::find(targets.begin(), targets.end(), target) != targets.end();
}

TEST(VectorTargets, AreThoseThatMachinesRun) {
  EXPECT_FALSE(vector_targets().empty());
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2")) {
    EXPECT_TRUE(has_target(HWY_AVX2));
  }
  if (vector_lanes() == 16) {
    EXPECT_TRUE(has_target(HWY_AVX3));
  }
#endif
}

TEST(VectorTargets, AreChosenAndGivenBack) {
  const std::int64_t best = hwy::SupportedTargets();
  for (const std::int64_t target : vector_targets()) {
    const ForcedTarget forced(target);
    EXPECT_EQ(hwy::SupportedTargets(), target);
  }
  EXPECT_EQ(hwy::SupportedTargets(), best);
}

TEST_P(Vector, AddTo) {
  for (const std::size_t count : {1u, 15u, 16u, 17u, 100u}) {
    std::vector<float> sum = normal_numbers(count, 1);
    const std::vector<float> before = sum;
    const std::vector<float> x = normal_numbers(count, 2);
    add_to(sum.data(), x.data(), static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) EXPECT_FLOAT_EQ(sum[i], before[i] + x[i]);
  }
}

TEST_P(Vector, DerivativeFromTheOutput) {
  const Activation functions[] = {
      {Function::linear},  {Function::relu}, {Function::leaky_relu, 0.3},
      {Function::sigmoid}, {Function::tanh}, {Function::softplus},
      {Function::exp}};
  for (const Activation& f : functions) {
    ASSERT_TRUE(f.derivative_from_output());
    for (const std::size_t count : {1u, 16u, 37u}) {
      const std::vector<float> x = normal_numbers(count, 3);
      std::vector<float> y(x.size());
      for (std::size_t i = 0; i < x.size(); ++i) {
        y[i] = static_cast<float>(evaluate(f, static_cast<double>(x[i])));
      }
      std::vector<float> gradient(x.size(), 2.0f);
      multiply_by_derivative(f, y.data(), gradient.data(), static_cast<std::int64_t>(y.size()));
      for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_NEAR(gradient[i], 2 * derivative(f, static_cast<double>(x[i])), 1e-5)
            << name_of(f.function) << " at " << x[i];
      }
    }
  }
}

TEST_P(Vector, ScaleShiftPerChannel) {
  for (const std::size_t channels : channel_counts) {
    const std::size_t count = channels * 7;
    const std::vector<float> in = normal_numbers(count, 4);
    const std::vector<float> scale = normal_numbers(channels, 5);
    const std::vector<float> shift = normal_numbers(channels, 6);
    std::vector<float> out(count);
    scale_shift(in.data(), out.data(), static_cast<std::int64_t>(count), scale, shift);
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_NEAR(out[i], in[i] * scale[i % channels] + shift[i % channels], 1e-5f);
    }
    std::vector<float> in_place = in;
    scale_shift(in_place.data(), in_place.data(), static_cast<std::int64_t>(count), scale, shift);
    EXPECT_EQ(in_place, out);
  }
}

TEST_P(Vector, RectifyChannels) {
  for (const std::size_t channels : channel_counts) {
    const std::size_t count = channels * 7;
    const std::vector<float> in = normal_numbers(count, 4);
    const std::vector<float> bias = normal_numbers(channels, 5);
    const std::vector<float> scale = normal_numbers(channels, 6);
    const std::vector<float> shift = normal_numbers(channels, 7);
    for (const float slope : {0.0f, 0.3f, 1.0f, -0.5f}) {
      SCOPED_TRACE(std::to_string(channels) + " channels, slope " + std::to_string(slope));
      std::vector<float> out(count + 16, 77.0f);  // with a guard
      rectify_channels(in.data(), out.data(), static_cast<std::int64_t>(count), bias, slope, scale,
                       shift);
      EXPECT_TRUE(std::all_of(out.end() - 16, out.end(), [](float x) { return x == 77.0f; }));
      out.resize(count);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t c = i % channels;
        const double x = static_cast<double>(in[i]) + static_cast<double>(bias[c]);
        const double bent = x > 0 ? x : static_cast<double>(slope) * x;
        EXPECT_NEAR(static_cast<double>(out[i]),
                    bent * static_cast<double>(scale[c]) + static_cast<double>(shift[c]), 5e-6)
            << i;
      }
      std::vector<float> in_place = in;
      rectify_channels(in_place.data(), in_place.data(), static_cast<std::int64_t>(count), bias,
                       slope, scale, shift);
      EXPECT_EQ(in_place, out);
    }
  }
}

TEST_P(Vector, ChannelSums) {
  for (const std::size_t channels : channel_counts) {
    const std::size_t count = channels * 301;
    const std::vector<float> a = normal_numbers(count, 7);
    const std::vector<float> b = normal_numbers(count, 8);
    std::vector<double> first(channels, 1.0);  // sums are added to what is there
    std::vector<double> second(channels, -1.0);
    channel_sums(a.data(), b.data(), static_cast<std::int64_t>(count), first, second);
    std::vector<double> expected_first(channels, 1.0);
    std::vector<double> expected_second(channels, -1.0);
    for (std::size_t i = 0; i < count; ++i) {
      expected_first[i % channels] += static_cast<double>(a[i]);
      expected_second[i % channels] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    }
    for (std::size_t c = 0; c < channels; ++c) {
      EXPECT_NEAR(first[c], expected_first[c], 1e-4);
      EXPECT_NEAR(second[c], expected_second[c], 1e-4);
    }
  }
}

TEST_P(Vector, AddChannelSums) {
  for (const std::size_t channels : channel_counts) {
    const std::size_t count = channels * 301;
    const std::vector<float> x = normal_numbers(count, 7);
    std::vector<double> work(2 * channels, 5.0);  // whatever was there
    std::vector<float> sums(channels, 1.0f);
    add_channel_sums(x.data(), static_cast<std::int64_t>(count), work, sums.data());
    std::vector<double> expected(channels, 1.0);
    for (std::size_t i = 0; i < count; ++i) expected[i % channels] += static_cast<double>(x[i]);
    for (std::size_t c = 0; c < channels; ++c) EXPECT_NEAR(sums[c], expected[c], 1e-4);
  }
}

TEST_P(Vector, CombineChannels) {
  for (const std::size_t channels : channel_counts) {
    const std::size_t count = channels * 5;
    const std::vector<float> a = normal_numbers(count, 9);
    const std::vector<float> b = normal_numbers(count, 10);
    const std::vector<float> p = normal_numbers(channels, 11);
    const std::vector<float> q = normal_numbers(channels, 12);
    const std::vector<float> r = normal_numbers(channels, 13);
    std::vector<float> out(count);
    combine_channels(a.data(), b.data(), out.data(), static_cast<std::int64_t>(count), p, q, r);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t c = i % channels;
      EXPECT_NEAR(out[i], a[i] * p[c] + b[i] * q[c] + r[c], 2e-5f);
    }
  }
}

TEST_P(Vector, DropKeepsWhatTheWordsSay) {
  for (const std::size_t count : {1u, 15u, 16u, 17u, 100u}) {
    const std::vector<float> in = normal_numbers(count, 7);
    std::vector<std::uint32_t> words(count);
    CounterRandom(2, RandomPurpose::dropout).fill_words(3, 0, words);
    // The words next to the threshold, and the largest.
    const std::uint32_t threshold = 0x333334;
    words[0] = threshold << 8;
    if (count > 2) words[1] = (threshold << 8) - 1;
    if (count > 2) words[2] = 0xffffffff;
    std::vector<float> out(count);
    std::vector<std::uint8_t> mask(count);
    drop(in.data(), words.data(), threshold, 1.25f, out.data(), mask.data(),
         static_cast<std::int64_t>(count));
    std::vector<float> again(count);
    drop_again(in.data(), mask.data(), 1.25f, again.data(), static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
      const bool kept = words[i] >> 8 >= threshold;
      EXPECT_EQ(out[i], kept ? in[i] * 1.25f : 0.0f);
      EXPECT_EQ(mask[i] != 0, kept);
      EXPECT_EQ(again[i], out[i]);
    }
  }
}

}  // namespace
}  // namespace showergan::nn::kernel
