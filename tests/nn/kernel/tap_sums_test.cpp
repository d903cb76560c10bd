#include "nn/kernel/tap_sums.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace showergan::nn::kernel {
namespace {

ConvolutionGeometry convolution(std::int64_t channels, std::int64_t filters, const Triple& in,
                                const Triple& kernel, const Triple& stride = {1, 1, 1},
                                const Padding& padding = {}) {
  ConvolutionGeometry g{1, channels, filters, in, {}, kernel, stride, padding};
  for (std::size_t i = 0; i < 3; ++i) {
    g.out[i] = (in[i] + padding.before[i] + padding.after[i] - kernel[i]) / stride[i] + 1;
  }
  return g;
}

/// Steps of eight bits, of both signs, so that sums are exact.
std::vector<float> steps(std::int64_t count) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i) {
    values.push_back(static_cast<float>((31 * i + i / 7) % 255 - 127));
  }
  return values;
}

bool inside(const ConvolutionGeometry& g, std::size_t axis, std::int64_t out, std::int64_t tap) {
  const std::int64_t place = out * g.stride[axis] - g.padding.before[axis] + tap;
  return place >= 0 && place < g.in[axis];
}

/// The convolution of an image of ones, in plain loops.
std::vector<float> convolved_ones(const ConvolutionGeometry& g, const std::vector<float>& kernel) {
  std::vector<float> result;
  for (std::int64_t x = 0; x < g.out[0]; ++x) {
    for (std::int64_t y = 0; y < g.out[1]; ++y) {
      for (std::int64_t z = 0; z < g.out[2]; ++z) {
        for (std::int64_t f = 0; f < g.out_channels; ++f) {
          const float* weight =
              kernel.data() + f * g.in_channels * g.kernel[0] * g.kernel[1] * g.kernel[2];
          float sum = 0;
          for (std::int64_t c = 0; c < g.in_channels; ++c) {
            for (std::int64_t i = 0; i < g.kernel[0]; ++i) {
              for (std::int64_t j = 0; j < g.kernel[1]; ++j) {
                for (std::int64_t k = 0; k < g.kernel[2]; ++k, ++weight) {
                  if (inside(g, 0, x, i) && inside(g, 1, y, j) && inside(g, 2, z, k)) {
                    sum += *weight;
                  }
                }
              }
            }
          }
          result.push_back(sum);
        }
      }
    }
  }
  return result;
}

void expect_sums(const ConvolutionGeometry& g) {
  SCOPED_TRACE(to_string(g.in) + " by " + to_string(g.kernel));
  const std::vector<float> kernel =
      steps(g.out_channels * g.in_channels * g.kernel[0] * g.kernel[1] * g.kernel[2]);
  const std::vector<float> expected = convolved_ones(g, kernel);
  std::vector<float> sums(expected.size() + 1, -0.5f);
  sum_taps_inside(g, kernel.data(), sums.data());
  EXPECT_EQ(sums.back(), -0.5f) << "written beyond the end";
  sums.pop_back();
  EXPECT_EQ(sums, expected);
}

TEST(TapSums, WithoutPaddingAreTheSumOfTheKernel) {
  expect_sums(convolution(3, 2, {4, 3, 5}, {2, 3, 2}));
}

TEST(TapSums, LeaveOutWhatLiesInThePadding) {
  expect_sums(convolution(1, 1, {3, 3, 3}, {3, 3, 3}, {1, 1, 1}, {{1, 1, 1}, {1, 1, 1}}));
  expect_sums(convolution(3, 4, {5, 4, 6}, {4, 3, 5}, {1, 1, 1}, {{1, 0, 3}, {2, 2, 1}}));
  expect_sums(convolution(5, 3, {5, 4, 6}, {1, 2, 3}, {1, 1, 1}, {{0, 1, 0}, {0, 0, 2}}));
}

TEST(TapSums, WithStrides) {
  expect_sums(convolution(2, 3, {7, 8, 9}, {3, 2, 4}, {2, 3, 2}));
  expect_sums(convolution(2, 3, {7, 8, 9}, {3, 5, 4}, {2, 1, 3}, {{2, 1, 0}, {0, 4, 3}}));
}

TEST(TapSums, KernelsMayReachBeyondTheImageOnBothSidesOrMissIt) {
  expect_sums(convolution(2, 2, {2, 1, 3}, {5, 4, 6}, {1, 1, 1}, {{2, 2, 3}, {3, 2, 2}}));
  expect_sums(convolution(2, 2, {2, 3, 2}, {2, 1, 2}, {1, 1, 1}, {{3, 2, 4}, {4, 1, 3}}));
}

}  // namespace
}  // namespace showergan::nn::kernel
