#include "nn/kernel/winograd_rows.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "nn/kernel/row_forms.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

class WinogradRowsOf : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, WinogradRowsOf, testing::ValuesIn(vector_targets()), target_name);

/// Filters of one and of many vectors, even and odd extents and kernels, all kinds of padding.
std::vector<ConvolutionGeometry> geometries_in(Precision precision) {
  const std::int64_t filters[] = {16, 17, 32, 48, 65, 96, 100, 192};
  const Triple outs[] = {{2, 4, 1}, {5, 3, 2}, {7, 6, 9}, {1, 5, 4}, {4, 2, 13}};
  const Triple kernels[] = {{2, 2, 4}, {3, 2, 5}, {2, 4, 8}, {5, 3, 4}, {8, 2, 6}};
  const Padding paddings[] = {{},
                              {{1, 1, 1}, {1, 1, 1}},
                              {{2, 0, 3}, {0, 1, 0}},
                              {{0, 3, 0}, {4, 0, 9}},
                              {{1, 0, 9}, {1, 2, 5}}};
  std::vector<ConvolutionGeometry> result;
  std::size_t n = 0;
  for (const std::int64_t channels : {6, 7, 8, 16, 18}) {
    for (const Triple& kernel : kernels) {
      for (const Triple& out : outs) {
        ++n;
        result.push_back(
            convolution_to(out, channels, filters[n % 8], kernel, paddings[(n + n / 5) % 5]));
      }
    }
  }
  std::erase_if(result,
                [&](const ConvolutionGeometry& g) { return !WinogradRows::fits(g, precision); });
  return result;
}

TEST_P(WinogradRowsOf, WholeNumbersAreExact) {
  expect_exact<WinogradRows>(geometries_in(Precision::f32), Precision::f32);
}

TEST_P(WinogradRowsOf, Float32RoundsAsFloat32Does) {
  expect_close<WinogradRows>(geometries_in(Precision::f32), Precision::f32, 2e-6);
}

TEST_P(WinogradRowsOf, Bf16RoundsAsBf16Does) {
  if (!has_instructions(Precision::bf16)) GTEST_SKIP() << "this processor has no bf16";
  expect_close<WinogradRows>(geometries_in(Precision::bf16), Precision::bf16, 1e-2);
}

TEST(WinogradRowsFits, LongSumsOfManyFilters) {
  const auto fits = [](std::int64_t channels, std::int64_t filters, const Triple& kernel,
                       Precision precision = Precision::f32) {
    return WinogradRows::fits(convolution_to({8, 8, 9}, channels, filters, kernel, {}), precision);
  };
  EXPECT_TRUE(fits(16, 96, {2, 2, 4}));
  EXPECT_TRUE(fits(16, 96, {2, 2, 4}, Precision::bf16));
  EXPECT_FALSE(fits(16, 96, {2, 2, 4}, Precision::int8));
  EXPECT_FALSE(fits(6, 96, {2, 2, 4})) << "sums of 24 products are not worth combining";
  EXPECT_FALSE(fits(16, 8, {2, 2, 4})) << "a part of a vector";
  EXPECT_FALSE(fits(16, 96, {1, 2, 4})) << "one tap along x";
  EXPECT_FALSE(fits(17, 96, {2, 2, 4}, Precision::bf16)) << "no pairs of channels";
  ConvolutionGeometry strided = convolution_to({8, 8, 9}, 16, 96, {2, 2, 4}, {});
  strided.stride = {2, 1, 1};
  EXPECT_FALSE(WinogradRows::fits(strided, Precision::f32));
}

TEST(WinogradRows, SaysHowItRuns) {
  const ConvolutionGeometry g = convolution_to({8, 8, 9}, 16, 96, {2, 2, 4}, {});
  const Layer layer(96, {});
  EXPECT_EQ(WinogradRows(g, Precision::f32, layer.epilogue()).implementation(), "Winograd rows");
}

}  // namespace
}  // namespace showergan::nn::kernel
