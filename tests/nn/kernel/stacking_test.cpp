#include "nn/kernel/stacking.hpp"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace showergan::nn::kernel {
namespace {

std::int64_t product(const Triple& triple) {
  return triple[0] * triple[1] * triple[2];
}

/// A convolution without padding.
ConvolutionGeometry convolution(std::int64_t filters, const Triple& out, const Triple& kernel) {
  ConvolutionGeometry g{2, 3, filters, {}, out, kernel, {1, 1, 1}, {}};
  for (std::size_t i = 0; i < 3; ++i) g.in[i] = out[i] + kernel[i] - 1;
  return g;
}

std::vector<float> counting(std::int64_t count) {
  std::vector<float> values(static_cast<std::size_t>(count));
  std::iota(values.begin(), values.end(), 1.0f);
  return values;
}

TEST(Stacking, ManyFiltersStayAlone) {
  const Stacking stacking(convolution(64, {5, 5, 6}, {3, 3, 3}));
  EXPECT_FALSE(stacking.active());
  EXPECT_EQ(stacking.image_bytes(), 0u);
  EXPECT_EQ(stacking.describe("x"), "x");
}

TEST(Stacking, TwoResultsAlongZFillTheLanes) {
  const std::int64_t filters = vector_lanes() / 2;
  const Stacking even(convolution(filters, {5, 5, 6}, {5, 5, 5}));
  EXPECT_EQ(even.block(), (Triple{1, 1, 2}));
  EXPECT_EQ(even.stacked().kernel, (Triple{5, 5, 6}));
  EXPECT_EQ(even.stacked().stride, (Triple{1, 1, 2}));
  EXPECT_EQ(even.stacked().out, (Triple{5, 5, 3}));
  EXPECT_EQ(even.stacked().out_channels, vector_lanes());
  EXPECT_EQ(even.image_bytes(), 0u) << "the blocks are the image";
  EXPECT_EQ(even.describe("x"), "x in blocks of 1 × 1 × 2");
  const Stacking odd(convolution(filters, {25, 25, 25}, {5, 5, 5}));
  EXPECT_EQ(odd.stacked().out, (Triple{25, 25, 13}));
  EXPECT_EQ(odd.stacked().padding.after, (Triple{0, 0, 1}));
  EXPECT_GT(odd.image_bytes(), 0u);
}

TEST(Stacking, OneFilterTakesBlocksAlongAllAxes) {
  const Stacking stacking(convolution(1, {25, 25, 25}, {5, 5, 5}));
  EXPECT_EQ(stacking.positions(), vector_lanes());
  for (const std::int64_t extent : stacking.block()) EXPECT_GT(extent, 1);
}

TEST(Stacking, ImagesComeBack) {
  for (const std::int64_t filters : {1, 2, 3, 6, 8}) {
    for (const Triple& out : {Triple{4, 4, 8}, Triple{5, 3, 7}, Triple{1, 1, 9}, Triple{9, 2, 1}}) {
      const Stacking stacking(convolution(filters, out, {3, 3, 3}));
      if (stacking.image_bytes() == 0) continue;
      const std::vector<float> image = counting(2 * filters * product(out));
      std::vector<float> stacked(stacking.image_bytes() / sizeof(float), -1.0f);
      stacking.stack(image.data(), stacked.data());
      // Every value once, zeros elsewhere.
      EXPECT_EQ(std::accumulate(stacked.begin(), stacked.end(), 0.0),
                std::accumulate(image.begin(), image.end(), 0.0));
      std::vector<float> back(image.size(), -1.0f);
      stacking.unstack(stacked.data(), back.data());
      EXPECT_EQ(back, image);
    }
  }
}

TEST(Stacking, KernelGradientIsTheTranspose) {
  ConvolutionGeometry g = convolution(2, {6, 6, 7}, {3, 2, 4});
  g.stride = {1, 2, 1};
  const Stacking stacking(g);
  ASSERT_TRUE(stacking.active());
  const std::vector<float> plain = counting(2 * 3 * product(g.kernel));
  std::vector<float> stacked(static_cast<std::size_t>(stacking.kernel_count()));
  stacking.stack_kernel(plain.data(), stacked.data());
  std::vector<float> back(plain.size(), 0.5f);
  stacking.add_kernel_gradient(stacked.data(), back.data());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(back[i], 0.5f + static_cast<float>(stacking.positions()) * plain[i]);
  }
}

TEST(Stacking, BiasGradientIsSummedOverPositions) {
  const Stacking stacking(convolution(2, {4, 4, 4}, {3, 3, 3}));
  const std::vector<float> stacked(static_cast<std::size_t>(stacking.stacked().out_channels), 1.0f);
  std::vector<float> bias{1, 2};
  stacking.add_bias_gradient(stacked.data(), bias.data());
  const auto positions = static_cast<float>(stacking.positions());
  EXPECT_EQ(bias, (std::vector<float>{1 + positions, 2 + positions}));
}

}  // namespace
}  // namespace showergan::nn::kernel
