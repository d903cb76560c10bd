#include "nn/kernel/narrow_convolution.hpp"

#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "nn/kernel/row_forms.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

class Narrow : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, Narrow, testing::ValuesIn(vector_targets()), target_name);

/// Few channels, and filters of a part of a vector, of several vectors and of more than fit into
/// registers together; rows of one cell and more, and all kinds of padding.
std::vector<ConvolutionGeometry> geometries() {
  const std::int64_t filters[] = {1, 2, 4, 5, 8, 15, 16, 17, 32, 33, 48, 65, 80, 81, 96, 100};
  const Triple outs[] = {{2, 3, 1}, {3, 1, 2}, {1, 2, 3}, {2, 2, 4},
                         {1, 3, 5}, {3, 2, 9}, {2, 1, 23}};
  const Padding paddings[] = {{},
                              {{1, 1, 1}, {1, 1, 1}},
                              {{2, 0, 3}, {0, 1, 0}},
                              {{0, 3, 0}, {4, 0, 9}},
                              {{1, 0, 9}, {1, 2, 5}}};
  std::vector<ConvolutionGeometry> result;
  std::size_t n = 0;
  for (std::int64_t channels = 1; channels <= 7; ++channels) {
    for (std::int64_t taps = 2; taps <= 8; ++taps) {
      for (std::size_t i = 0; i < 4; ++i) {
        ++n;
        const Triple kernel{1 + static_cast<std::int64_t>(n % 3),
                            1 + static_cast<std::int64_t>(n / 2 % 4), taps};
        result.push_back(convolution_to(outs[n % 7], channels, filters[n % 16], kernel,
                                        paddings[(n + n / 5) % 5]));
      }
    }
  }
  return result;
}

/// Those of the geometries that can be computed this way.
std::vector<ConvolutionGeometry> geometries_in(Precision precision) {
  const Layer layer(1, {});
  std::vector<ConvolutionGeometry> result = geometries();
  std::erase_if(result, [&](const ConvolutionGeometry& g) {
    return !NarrowConvolution::fits(g, precision, layer.epilogue());
  });
  return result;
}

TEST_P(Narrow, IsExactOnWholeNumbers) {
  expect_exact<NarrowConvolution>(geometries_in(Precision::f32), Precision::f32);
}

TEST_P(Narrow, IsExactOnWholeNumbersInBf16) {
  if (!has_instructions(Precision::bf16)) GTEST_SKIP() << "this processor has no bf16";
  expect_exact<NarrowConvolution>(geometries_in(Precision::bf16), Precision::bf16);
}

TEST_P(Narrow, RoundsAsFloat32Does) {
  expect_close<NarrowConvolution>(geometries_in(Precision::f32), Precision::f32, 1e-6);
}

TEST_P(Narrow, RoundsAsBf16Does) {
  if (!has_instructions(Precision::bf16)) GTEST_SKIP() << "this processor has no bf16";
  expect_close<NarrowConvolution>(geometries_in(Precision::bf16), Precision::bf16, 5e-3);
}

std::set<std::int64_t> channels_in(Precision precision) {
  std::set<std::int64_t> channels;
  for (const ConvolutionGeometry& g : geometries_in(precision)) channels.insert(g.in_channels);
  return channels;
}

TEST(NarrowFits, PairsOfChannelsInBf16) {
  EXPECT_EQ(channels_in(Precision::f32), (std::set<std::int64_t>{2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(channels_in(Precision::bf16), (std::set<std::int64_t>{2, 4, 6}));
  EXPECT_TRUE(channels_in(Precision::int8).empty());
}

TEST(NarrowFits, FewChannelsAndActivationsThatAreStraightLines) {
  const auto fits = [](const ConvolutionGeometry& g, const Activation& activation) {
    const Layer layer(g.out_channels, activation);
    return NarrowConvolution::fits(g, Precision::f32, layer.epilogue());
  };
  ConvolutionGeometry g = convolution_to({3, 3, 5}, 4, 3, {2, 2, 4}, {});
  EXPECT_TRUE(fits(g, {}));
  EXPECT_TRUE(fits(g, {Function::relu}));
  EXPECT_TRUE(fits(g, {Function::leaky_relu, 0.3}));
  EXPECT_FALSE(fits(g, {Function::tanh}));
  EXPECT_FALSE(fits(convolution_to({3, 3, 5}, 8, 3, {2, 2, 4}, {}), {}));
  EXPECT_FALSE(fits(convolution_to({3, 3, 5}, 4, 3, {4, 4, 1}, {}), {}));
  g.stride = {1, 2, 1};
  g.out[1] = 2;
  EXPECT_FALSE(fits(g, {}));
}

TEST(NarrowConvolution, SaysHowItRuns) {
  const ConvolutionGeometry g = convolution_to({3, 3, 5}, 4, 3, {2, 2, 4}, {});
  const Layer layer(3, {});
  EXPECT_EQ(NarrowConvolution(g, Precision::f32, layer.epilogue()).implementation(), "rows");
  EXPECT_EQ(NarrowConvolution(g, Precision::bf16, layer.epilogue()).implementation(), "rows, bf16");
}

TEST(NarrowConvolution, CellsAreWholeVectorsApart) {
  for (const std::int64_t filters : {1, 15, 16, 17, 100}) {
    const Layer layer(filters, {});
    const ConvolutionGeometry g = convolution_to({3, 3, 5}, 4, filters, {2, 2, 4}, {});
    const std::int64_t stride =
        NarrowConvolution(g, Precision::f32, layer.epilogue()).cell_stride();
    EXPECT_GE(stride, filters);
    EXPECT_LT(stride, filters + 16);
    EXPECT_EQ(stride % 16, 0);
  }
}

}  // namespace
}  // namespace showergan::nn::kernel
