#include "nn/kernel/single_filter.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

/// Channels of which a pattern fits.
const std::int64_t channel_counts[] = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};

ConvolutionGeometry convolution(std::int64_t channels, const Triple& in, const Triple& kernel,
                                const Padding& padding = {}, std::int64_t batch = 1) {
  ConvolutionGeometry g{batch, channels, 1, in, {}, kernel, {1, 1, 1}, padding};
  for (std::size_t i = 0; i < 3; ++i) {
    g.out[i] = in[i] + padding.before[i] + padding.after[i] - kernel[i] + 1;
  }
  return g;
}

std::size_t cells(const Triple& extents) {
  return static_cast<std::size_t>(extents[0] * extents[1] * extents[2]);
}

std::vector<float> normal_numbers(std::size_t count, std::uint64_t index) {
  std::vector<float> values(count);
  CounterRandom(1, RandomPurpose::noise).fill_normal(index, values);
  return values;
}

/// The definition in double precision. Image (batch, x, y, z, channel), kernel (1, channel, taps).
std::vector<double> convolved(const ConvolutionGeometry& g, const std::vector<float>& image,
                              const std::vector<float>& kernel) {
  std::vector<double> result;
  const auto sum_at = [&](std::int64_t n, const Triple& out) {
    double sum = 0;
    for (std::size_t tap = 0; tap < cells(g.kernel); ++tap) {
      const auto t = static_cast<std::int64_t>(tap);
      const std::int64_t x = out[0] - g.padding.before[0] + t / (g.kernel[1] * g.kernel[2]);
      const std::int64_t y = out[1] - g.padding.before[1] + t / g.kernel[2] % g.kernel[1];
      const std::int64_t z = out[2] - g.padding.before[2] + t % g.kernel[2];
      if (x < 0 || x >= g.in[0] || y < 0 || y >= g.in[1] || z < 0 || z >= g.in[2]) continue;
      const std::int64_t cell = ((n * g.in[0] + x) * g.in[1] + y) * g.in[2] + z;
      for (std::int64_t c = 0; c < g.in_channels; ++c) {
        sum += static_cast<double>(image[static_cast<std::size_t>(cell * g.in_channels + c)]) *
               static_cast<double>(kernel[static_cast<std::size_t>(c) * cells(g.kernel) + tap]);
      }
    }
    return sum;
  };
  for (std::int64_t n = 0; n < g.batch; ++n) {
    for (std::int64_t i = 0; i < g.out[0] * g.out[1] * g.out[2]; ++i) {
      result.push_back(
          sum_at(n, {i / (g.out[1] * g.out[2]), i / g.out[2] % g.out[1], i % g.out[2]}));
    }
  }
  return result;
}

/// What SingleFilter makes of it. Image, weights, scratch and result are allocations of exactly
/// the size that it asks for, so that the address sanitizer sees whatever it touches beyond them,
/// and numbers behind the result show what it writes there.
std::vector<float> computed(const ConvolutionGeometry& g, const std::vector<float>& image,
                            const std::vector<float>& kernel) {
  constexpr std::size_t behind = 64;
  constexpr float untouched = 12345;
  const SingleFilter filter(g);
  AlignedBuffer weights(filter.weights_bytes());
  filter.prepare(kernel.data(), weights.data());
  AlignedBuffer scratch(filter.scratch_bytes());
  // Whatever was there must not matter, not even what is no number.
  std::fill_n(scratch.data(), filter.scratch_bytes(), std::byte{0xff});
  const auto in = std::make_unique<float[]>(image.size());
  std::ranges::copy(image, in.get());
  const std::size_t count = static_cast<std::size_t>(g.batch) * cells(g.out);
  const auto exact = std::make_unique<float[]>(count);
  filter.run(in.get(), weights.data(), exact.get(), scratch.data());
  std::vector<float> guarded(count + behind, untouched);
  filter.run(in.get(), weights.data(), guarded.data(), scratch.data());
  EXPECT_TRUE(std::all_of(guarded.end() - behind, guarded.end(),
                          [](float value) { return value == untouched; }));
  EXPECT_TRUE(std::equal(exact.get(), exact.get() + count, guarded.begin()));
  guarded.resize(count);
  return guarded;
}

void expect_convolved(const ConvolutionGeometry& g) {
  SCOPED_TRACE(std::to_string(g.in_channels) + " channels of " + to_string(g.in) + " by " +
               to_string(g.kernel) + ", padded by " + to_string(g.padding.before) + " and " +
               to_string(g.padding.after));
  ASSERT_TRUE(SingleFilter::fits(g));
  const std::size_t in_count = static_cast<std::size_t>(g.batch * g.in_channels) * cells(g.in);
  const std::vector<float> image = normal_numbers(in_count, 1);
  const std::vector<float> kernel =
      normal_numbers(static_cast<std::size_t>(g.in_channels) * cells(g.kernel), 2);
  const std::vector<double> expected = convolved(g, image, kernel);
  const std::vector<float> found = computed(g, image, kernel);
  ASSERT_EQ(found.size(), expected.size());
  // A sum of n products of the order of 1 is of the order of √n.
  const double tolerance = 2e-6 * std::sqrt(static_cast<double>(kernel.size())) + 1e-6;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_NEAR(static_cast<double>(found[i]), expected[i], tolerance * (1 + std::abs(expected[i])))
        << i;
  }
}

class SingleFilterTest : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, SingleFilterTest, testing::ValuesIn(vector_targets()), target_name);

TEST_P(SingleFilterTest, AllChannelCounts) {
  for (const std::int64_t channels : channel_counts) {
    expect_convolved(convolution(channels, {4, 3, 13}, {3, 2, 4}));
    expect_convolved(convolution(channels, {3, 4, 25}, {3, 3, 5}, {{1, 1, 2}, {1, 1, 2}}));
  }
}

TEST_P(SingleFilterTest, KernelsOfUnequalAxes) {
  for (std::int64_t kx = 1; kx <= 5; ++kx) {
    for (std::int64_t ky = 1; ky <= 5; ++ky) {
      for (std::int64_t kz = 1; kz <= 5; ++kz) {
        const Triple kernel{kx, ky, kz};
        expect_convolved(convolution(3, {5, 5, 7}, kernel));
        expect_convolved(convolution(6, {2, 3, 4}, kernel, {{kx / 2, 0, kz - 1}, {kx, ky, 0}}));
      }
    }
  }
}

TEST_P(SingleFilterTest, PaddingOfEachSide) {
  for (const std::int64_t channels : {1, 6, 8}) {
    for (int side = 0; side < 6; ++side) {
      Padding padding;
      (side < 3 ? padding.before : padding.after)[static_cast<std::size_t>(side % 3)] = 2;
      expect_convolved(convolution(channels, {3, 4, 9}, {3, 3, 3}, padding));
    }
  }
}

TEST_P(SingleFilterTest, KernelsWhollyInThePadding) {
  for (const std::int64_t channels : {1, 3, 8, 48}) {
    expect_convolved(convolution(channels, {2, 1, 3}, {2, 1, 2}, {{4, 0, 0}, {3, 0, 0}}));
    expect_convolved(convolution(channels, {1, 2, 3}, {1, 2, 2}, {{0, 5, 0}, {0, 3, 0}}));
    expect_convolved(convolution(channels, {1, 1, 2}, {1, 1, 3}, {{0, 0, 9}, {0, 0, 20}}));
    expect_convolved(convolution(channels, {2, 2, 2}, {2, 2, 2}, {{3, 3, 3}, {3, 3, 3}}));
  }
}

TEST_P(SingleFilterTest, RowsShorterThanAVector) {
  for (const std::int64_t channels : channel_counts) {
    for (std::int64_t length = 1; length <= 5; ++length) {
      expect_convolved(convolution(channels, {1, 1, length}, {1, 1, 1}));
      expect_convolved(convolution(channels, {2, 1, length}, {1, 1, length}));
      expect_convolved(convolution(channels, {1, 2, length}, {1, 2, 2}, {{0, 0, 1}, {0, 0, 0}}));
    }
  }
}

/// Lengths around those of vectors, of patterns and of the blocks of them that are summed at once.
TEST_P(SingleFilterTest, RowsOfAllLengths) {
  for (const std::int64_t channels : {1, 3, 8, 64}) {
    for (std::int64_t length = 1; length <= 70; ++length) {
      expect_convolved(convolution(channels, {2, 2, length}, {2, 1, 1}));
    }
  }
  for (const std::int64_t length : {95, 96, 97, 191, 192, 193, 194, 400}) {
    expect_convolved(convolution(1, {1, 2, length + 2}, {1, 1, 3}));
    expect_convolved(convolution(2, {2, 1, length}, {1, 1, 3}, {{0, 0, 1}, {0, 0, 1}}));
  }
}

TEST_P(SingleFilterTest, EverySampleOfABatch) {
  for (const std::int64_t channels : {1, 6, 16}) {
    expect_convolved(convolution(channels, {3, 2, 5}, {2, 2, 3}, {}, 4));
    expect_convolved(convolution(channels, {3, 2, 5}, {2, 2, 3}, {{1, 0, 1}, {0, 1, 2}}, 3));
  }
}

TEST(SingleFilterFits, OneFilterOfStride1) {
  EXPECT_TRUE(SingleFilter::fits(convolution(8, {3, 3, 3}, {2, 2, 2})));
  ConvolutionGeometry two = convolution(8, {3, 3, 3}, {2, 2, 2});
  two.out_channels = 2;
  EXPECT_FALSE(SingleFilter::fits(two));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    ConvolutionGeometry strided = convolution(8, {3, 3, 3}, {1, 1, 1});
    strided.stride[axis] = 2;
    EXPECT_FALSE(SingleFilter::fits(strided)) << axis;
  }
}

TEST(SingleFilterFits, ChannelsWhosePatternRepeatsSoon) {
  for (const std::int64_t channels : channel_counts) {
    EXPECT_TRUE(SingleFilter::fits(convolution(channels, {3, 3, 3}, {2, 2, 2}))) << channels;
  }
  for (const std::int64_t channels : {5, 7, 9, 18, 25, 65, 96, 128, 1030}) {
    EXPECT_FALSE(SingleFilter::fits(convolution(channels, {3, 3, 3}, {2, 2, 2}))) << channels;
  }
}

}  // namespace
}  // namespace showergan::nn::kernel
