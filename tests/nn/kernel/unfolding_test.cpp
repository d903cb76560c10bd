#include "nn/kernel/unfolding.hpp"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace showergan::nn::kernel {
namespace {

std::int64_t product(const Triple& triple) {
  return triple[0] * triple[1] * triple[2];
}

ConvolutionGeometry convolution(std::int64_t channels, const Triple& in, const Triple& kernel,
                                const Triple& stride = {1, 1, 1}, const Padding& padding = {}) {
  ConvolutionGeometry g{2, channels, 2, in, {}, kernel, stride, padding};
  for (std::size_t i = 0; i < 3; ++i) {
    g.out[i] = (in[i] + padding.before[i] + padding.after[i] - kernel[i]) / stride[i] + 1;
  }
  return g;
}

/// Padding and strides on all axes, and along z kernels that lie wholly in the padding.
std::vector<ConvolutionGeometry> geometries() {
  return {convolution(3, {2, 3, 6}, {1, 2, 4}),
          convolution(1, {3, 2, 7}, {2, 1, 3}, {2, 1, 3}),
          convolution(6, {4, 3, 5}, {3, 3, 8}, {1, 1, 1}, {{1, 1, 3}, {1, 1, 4}}),
          convolution(3, {5, 4, 9}, {2, 3, 4}, {1, 2, 3}, {{1, 0, 2}, {0, 1, 3}}),
          convolution(2, {2, 2, 3}, {1, 1, 2}, {1, 1, 1}, {{0, 0, 4}, {0, 0, 3}}),
          convolution(5, {1, 1, 2}, {1, 1, 3}, {1, 1, 2}, {{0, 0, 5}, {0, 0, 6}})};
}

/// Small whole numbers, so that sums are exact, in no simple order; none is 0.
template <class Number>
std::vector<Number> numbers(std::int64_t count) {
  std::vector<Number> values;
  for (std::int64_t i = 0; i < count; ++i) {
    values.push_back(static_cast<Number>(1 + (7 * i + i / 11) % 29));
  }
  return values;
}

/// Place of a number in images with the channels innermost.
std::size_t at(const Triple& extents, std::int64_t channels, std::int64_t n, std::int64_t x,
               std::int64_t y, std::int64_t z, std::int64_t c) {
  return static_cast<std::size_t>(
      (((n * extents[0] + x) * extents[1] + y) * extents[2] + z) * channels + c);
}

/// The definition, number by number.
template <class Number>
std::vector<Number> unfolded_image(const ConvolutionGeometry& g, const std::vector<Number>& image,
                                   Number zero) {
  std::vector<Number> result;
  for (std::int64_t n = 0; n < g.batch; ++n) {
    for (std::int64_t x = 0; x < g.in[0]; ++x) {
      for (std::int64_t y = 0; y < g.in[1]; ++y) {
        for (std::int64_t out = 0; out < g.out[2]; ++out) {
          for (std::int64_t tap = 0; tap < g.kernel[2]; ++tap) {
            for (std::int64_t c = 0; c < g.in_channels; ++c) {
              const std::int64_t z = out * g.stride[2] - g.padding.before[2] + tap;
              const bool inside = z >= 0 && z < g.in[2];
              result.push_back(inside ? image[at(g.in, g.in_channels, n, x, y, z, c)] : zero);
            }
          }
        }
      }
    }
  }
  return result;
}

/// Result (channels innermost) of a kernel (out, in, kx, ky, kz), in plain loops.
std::vector<float> convolved(const ConvolutionGeometry& g, const std::vector<float>& image,
                             const std::vector<float>& kernel) {
  const Triple& k = g.kernel;
  std::vector<float> result(static_cast<std::size_t>(g.batch * product(g.out) * g.out_channels));
  for (std::int64_t n = 0; n < g.batch; ++n) {
    for (std::int64_t i = 0; i < product(g.out) * g.out_channels; ++i) {
      const std::int64_t f = i % g.out_channels;
      const std::int64_t cell = i / g.out_channels;
      const Triple out{cell / (g.out[1] * g.out[2]), cell / g.out[2] % g.out[1], cell % g.out[2]};
      float& sum = result[static_cast<std::size_t>(n * product(g.out) * g.out_channels + i)];
      for (std::int64_t j = 0; j < g.in_channels * product(k); ++j) {
        const std::int64_t c = j / product(k);
        const Triple tap{j / (k[1] * k[2]) % k[0], j / k[2] % k[1], j % k[2]};
        Triple from;
        bool inside = true;
        for (std::size_t a = 0; a < 3; ++a) {
          from[a] = out[a] * g.stride[a] - g.padding.before[a] + tap[a];
          inside = inside && from[a] >= 0 && from[a] < g.in[a];
        }
        if (!inside) continue;
        sum += image[at(g.in, g.in_channels, n, from[0], from[1], from[2], c)] *
               kernel[static_cast<std::size_t>(f * g.in_channels * product(k) + j)];
      }
    }
  }
  return result;
}

TEST(Unfolding, TapsAlongZBecomeChannels) {
  const ConvolutionGeometry plain =
      convolution(3, {5, 4, 9}, {2, 3, 4}, {1, 2, 3}, {{1, 0, 2}, {0, 1, 3}});
  const Unfolding unfolding(plain);
  const ConvolutionGeometry& g = unfolding.unfolded();
  EXPECT_EQ(g.batch, 2);
  EXPECT_EQ(g.in_channels, 12);
  EXPECT_EQ(g.out_channels, 2);
  EXPECT_EQ(g.in, (Triple{5, 4, 4}));
  EXPECT_EQ(g.out, plain.out);
  EXPECT_EQ(g.out, (Triple{5, 2, 4}));
  EXPECT_EQ(g.kernel, (Triple{2, 3, 1}));
  EXPECT_EQ(g.stride, (Triple{1, 2, 1}));
  EXPECT_EQ(g.padding, (Padding{{1, 0, 0}, {0, 1, 0}}));
  EXPECT_EQ(unfolding.image_count(), 2 * 12 * 5 * 4 * 4);
}

template <class Number>
void expect_unfolded(unsigned char zero_byte, Number zero) {
  for (const ConvolutionGeometry& g : geometries()) {
    SCOPED_TRACE(to_string(g.in) + " by " + to_string(g.kernel));
    const Unfolding unfolding(g);
    const auto image = numbers<Number>(g.batch * g.in_channels * product(g.in));
    const std::vector<Number> expected = unfolded_image(g, image, zero);
    ASSERT_EQ(unfolding.image_count(), static_cast<std::int64_t>(expected.size()));
    std::vector<Number> found(expected.size() + 16, Number{77});  // with a guard
    unfolding.unfold(image.data(), found.data(), sizeof(Number), zero_byte);
    for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(found[expected.size() + i], Number{77});
    found.resize(expected.size());
    EXPECT_EQ(found, expected);
  }
}

TEST(Unfolding, CopiesFloats) {
  expect_unfolded<float>(0, 0.0f);
}

TEST(Unfolding, CopiesWordsOfTwoBytes) {
  expect_unfolded<std::uint16_t>(0, 0);
}

TEST(Unfolding, CopiesBytesWithAnyZero) {
  expect_unfolded<std::uint8_t>(0, 0);
  expect_unfolded<std::uint8_t>(128, 128);
}

TEST(Unfolding, KernelsFollowTheirImages) {
  const ConvolutionGeometry g = convolution(3, {4, 4, 6}, {2, 3, 4});
  const std::vector<float> plain = numbers<float>(2 * 3 * product(g.kernel));
  const std::vector<float> unfolded = Unfolding(g).unfold_kernel(plain.data());
  ASSERT_EQ(unfolded.size(), plain.size());
  for (std::size_t f = 0; f < 2; ++f) {
    for (std::size_t c = 0; c < 3; ++c) {
      for (std::size_t p = 0; p < 6; ++p) {
        for (std::size_t z = 0; z < 4; ++z) {
          EXPECT_EQ(unfolded[(f * 12 + z * 3 + c) * 6 + p], plain[((f * 3 + c) * 6 + p) * 4 + z]);
        }
      }
    }
  }
}

TEST(Unfolding, IsTheSameConvolution) {
  for (const ConvolutionGeometry& g : geometries()) {
    SCOPED_TRACE(to_string(g.in) + " by " + to_string(g.kernel));
    const auto image = numbers<float>(g.batch * g.in_channels * product(g.in));
    const auto kernel = numbers<float>(g.out_channels * g.in_channels * product(g.kernel));
    const Unfolding unfolding(g);
    std::vector<float> unfolded(static_cast<std::size_t>(unfolding.image_count()));
    unfolding.unfold(image.data(), unfolded.data(), sizeof(float));
    EXPECT_EQ(convolved(unfolding.unfolded(), unfolded, unfolding.unfold_kernel(kernel.data())),
              convolved(g, image, kernel));
  }
}

bool pays(std::int64_t channels, std::int64_t taps, Precision precision) {
  return Unfolding::pays(convolution(channels, {9, 9, 20}, {3, 3, taps}), precision);
}

TEST(Unfolding, PaysForFewChannelsAndSumsThatStayShort) {
  for (const Precision precision : {Precision::f32, Precision::bf16, Precision::int8}) {
    SCOPED_TRACE(name_of(precision));
    EXPECT_TRUE(pays(6, 8, precision));
    EXPECT_TRUE(pays(7, 9, precision));
    EXPECT_TRUE(pays(4, 16, precision));
    EXPECT_FALSE(pays(4, 17, precision));
    EXPECT_FALSE(pays(7, 10, precision));
    EXPECT_FALSE(pays(8, 2, precision)) << "there are channels enough";
    EXPECT_FALSE(pays(1, 1, precision)) << "there is nothing to unfold";
  }
}

TEST(Unfolding, PaysInFloat32OnlyWhereSumsFillAVector) {
  for (const Precision precision : {Precision::bf16, Precision::int8}) {
    EXPECT_TRUE(pays(1, 2, precision));
    EXPECT_TRUE(pays(3, 5, precision));
  }
  EXPECT_FALSE(pays(1, 2, Precision::f32));
  EXPECT_FALSE(pays(3, 5, Precision::f32));
  EXPECT_TRUE(pays(4, 4, Precision::f32));
}

}  // namespace
}  // namespace showergan::nn::kernel
