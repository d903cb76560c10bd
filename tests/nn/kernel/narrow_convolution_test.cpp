#include "nn/kernel/narrow_convolution.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/plain_convolution.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

class Narrow : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, Narrow, testing::ValuesIn(vector_targets()), target_name);

std::string text_of(const ConvolutionGeometry& g, Precision precision) {
  return std::to_string(g.in_channels) + " channels of " + to_string(g.in) + " to " +
         std::to_string(g.out_channels) + " of " + to_string(g.out) + " by " + to_string(g.kernel) +
         ", " + std::string(name_of(precision));
}

/// A layer with such an epilogue, and normalisation.
class Layer {
 public:
  Layer(std::int64_t filters, const Activation& activation) {
    Conv3d conv{filters, {1, 1, 1}};
    conv.epilogue = {activation, true, 0};
    node_ = graph_.add("conv", conv, {graph_.add("x", Input{{1, 1, 1, 1}})});
    const Request request{graph_, graph_.node(node_), 1, false, false, {false}, {false}};
    epilogue_.emplace(request, conv.epilogue, conv.bias, filters);
  }

  const EpilogueKernel& epilogue() const { return *epilogue_; }

  /// What the epilogue reads for this finish: means 0 and variances 1.
  AlignedBuffer prepared(const PlainFinish& finish) const {
    Parameters parameters = initial_parameters(graph_, 1);
    const std::vector<float>* values[] = {&finish.bias, &finish.scale, &finish.shift};
    for (std::size_t i = 0; i < 3; ++i) {  // bias, gamma and beta
      std::ranges::copy(*values[i], parameters.of(graph_.parameters()[i + 1]).begin());
    }
    AlignedBuffer prepared(epilogue_->prepared_bytes());
    epilogue_->prepare(parameters, prepared.data());
    return prepared;
  }

 private:
  Graph graph_;
  NodeId node_;
  std::optional<EpilogueKernel> epilogue_;
};

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

/// Rows as they come; all memory is exactly as large as asked for, and what is not written is no
/// number.
std::vector<float> run(const ConvolutionGeometry& g, Precision precision,
                       const std::vector<float>& image, const std::vector<float>& kernel,
                       const PlainFinish& finish) {
  const Layer layer(g.out_channels, {Function::leaky_relu, static_cast<double>(finish.slope)});
  const NarrowConvolution convolution(g, precision, layer.epilogue());
  AlignedBuffer weights(convolution.weights_bytes());
  convolution.prepare(kernel.data(), weights.data());
  const AlignedBuffer epilogue = layer.prepared(finish);
  AlignedBuffer scratch(convolution.scratch_bytes());
  std::fill_n(reinterpret_cast<float*>(scratch.data()), convolution.scratch_bytes() / sizeof(float),
              not_a_number);
  std::vector<float> out(static_cast<std::size_t>(g.out_channels * product(g.out)), not_a_number);
  convolution.run(image.data(), weights.data(), epilogue.data(), scratch.data(),
                  [&](std::int64_t x, std::int64_t y, const float* row) {
                    float* to = out.data() + (x * g.out[1] + y) * g.out[2] * g.out_channels;
                    for (std::int64_t z = 0; z < g.out[2]; ++z, to += g.out_channels) {
                      std::copy_n(row + z * convolution.cell_stride(), g.out_channels, to);
                    }
                  });
  return out;
}

using Numbers = std::vector<float>(std::int64_t count, std::uint64_t index);

struct Compared {
  std::vector<float> found;
  std::vector<double> expected;
};

Compared compare(const ConvolutionGeometry& g, Precision precision, Numbers* numbers, float slope) {
  const std::int64_t filters = g.out_channels;
  const auto image = numbers(g.in_channels * product(g.in), 1);
  const auto kernel = numbers(filters * g.in_channels * product(g.kernel), 2);
  const PlainFinish finish{numbers(filters, 3), numbers(filters, 4), numbers(filters, 5), slope};
  return {run(g, precision, image, kernel, finish), convolved(g, image, kernel, finish)};
}

void expect_exact(Precision precision) {
  for (const ConvolutionGeometry& g : geometries_in(precision)) {
    const Compared c = compare(g, precision, whole_numbers, 0.5f);
    EXPECT_EQ(c.found, std::vector<float>(c.expected.begin(), c.expected.end()))
        << text_of(g, precision);
  }
}

void expect_close(Precision precision, double tolerance) {
  for (const ConvolutionGeometry& g : geometries_in(precision)) {
    const Compared c = compare(g, precision, uniform_numbers, 0.3f);
    EXPECT_LT(relative_difference(c.found, c.expected), tolerance) << text_of(g, precision);
  }
}

TEST_P(Narrow, IsExactOnWholeNumbers) {
  expect_exact(Precision::f32);
}

TEST_P(Narrow, IsExactOnWholeNumbersInBf16) {
  if (!has_instructions(Precision::bf16)) GTEST_SKIP() << "this processor has no bf16";
  expect_exact(Precision::bf16);
}

TEST_P(Narrow, RoundsAsFloat32Does) {
  expect_close(Precision::f32, 1e-6);
}

TEST_P(Narrow, RoundsAsBf16Does) {
  if (!has_instructions(Precision::bf16)) GTEST_SKIP() << "this processor has no bf16";
  expect_close(Precision::bf16, 5e-3);
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
