#include "nn/kernel/winograd.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/plain_convolution.hpp"
#include "nn/kernel/stacking.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

/// Where the kernel is never used there is nothing to test.
bool has_wide_vectors() {
  return vector_lanes() == 16;
}

class Winograd : public OnEveryTarget {
 protected:
  void SetUp() override {
    if (!has_wide_vectors()) GTEST_SKIP() << "this processor has no vectors of 16 floats";
  }
};
INSTANTIATE_TEST_SUITE_P(, Winograd, testing::ValuesIn(vector_targets()), target_name);

/// The number formats that this processor multiplies.
std::vector<Precision> precisions() {
  if (has_instructions(Precision::bf16)) return {Precision::f32, Precision::bf16};
  return {Precision::f32};
}

std::string text_of(const ConvolutionGeometry& g, Precision precision) {
  return std::to_string(g.in_channels) + " channels of " + to_string(g.in) + " to " +
         std::to_string(g.out_channels) + " of " + to_string(g.out) + " by " + to_string(g.kernel) +
         " with padding " + to_string(g.padding.before) + " and " + to_string(g.padding.after) +
         ", " + std::string(name_of(precision));
}

/// Padding that is wider than the kernel; and short rows whose channels in bf16 end in the middle
/// of a vector, near the end of their memory.
std::vector<ConvolutionGeometry> special_geometries() {
  return {convolution_to({15, 4, 33}, 2, 2, {3, 2, 2}, {{4, 0, 0}, {0, 0, 0}}),
          convolution_to({15, 3, 32}, 2, 4, {2, 3, 1}, {{0, 0, 0}, {3, 0, 0}}),
          convolution_to({4, 20, 30}, 4, 4, {3, 2, 3}, {{0, 4, 0}, {0, 3, 0}}),
          convolution_to({4, 5, 60}, 4, 2, {4, 4, 3}, {{0, 0, 4}, {0, 0, 5}}),
          convolution_to({6, 7, 7}, 4, 2, {3, 2, 1}, {}),
          convolution_to({4, 4, 11}, 8, 4, {5, 2, 1}, {})};
}

/// Those, and channels, filters, kernels and paddings of every kind, over rows that fill a part of
/// a vector, one and several, and of which some are computed together; what does not fit is left
/// out.
std::vector<ConvolutionGeometry> geometries() {
  const Triple kernels[] = {{2, 3, 1}, {3, 2, 8}, {4, 5, 2}, {5, 3, 5},
                            {6, 4, 3}, {2, 6, 4}, {3, 5, 7}, {4, 2, 6}};
  const Padding paddings[] = {{}, {{1, 1, 1}, {1, 1, 1}}, {{2, 0, 3}, {0, 1, 0}}};
  const std::int64_t extents[] = {5, 2, 4, 1, 3, 6, 7};
  std::vector<ConvolutionGeometry> result = special_geometries();
  std::size_t n = 0;
  for (const std::int64_t channels : {2, 4, 6, 8}) {
    for (const std::int64_t filters : {2, 4, 6, 8}) {
      for (const Triple& kernel : kernels) {
        ++n;
        const Triple out{extents[n % 7], extents[n * n / 3 % 7],
                         1 + static_cast<std::int64_t>(n) * 11 % 70};
        const ConvolutionGeometry g =
            convolution_to(out, channels, filters, kernel, paddings[(n + n / 9) % 3]);
        if (WinogradConvolution::fits(g, Precision::f32)) result.push_back(g);
      }
    }
  }
  return result;
}

/// A convolution with all its memory: exactly as many bytes as it asks for.
class Runner {
 public:
  Runner(const ConvolutionGeometry& g, Precision precision, const std::vector<float>& kernel)
      : geometry_(g),
        convolution_(g, precision),
        weights_(convolution_.weights_bytes()),
        scratch_(convolution_.scratch_bytes()) {
    convolution_.prepare(kernel.data(), weights_.data());
    std::fill_n(reinterpret_cast<float*>(scratch_.data()),
                convolution_.scratch_bytes() / sizeof(float), not_a_number);
  }

  std::vector<float> operator()(const std::vector<float>& image, const PlainFinish& finish) {
    std::vector<float> out(
        static_cast<std::size_t>(geometry_.out_channels * product(geometry_.out)), not_a_number);
    convolution_.run(image.data(), weights_.data(),
                     {finish.bias.data(), finish.scale.data(), finish.shift.data(), finish.slope},
                     out.data(), scratch_.data());
    return out;
  }

 private:
  ConvolutionGeometry geometry_;
  WinogradConvolution convolution_;
  AlignedBuffer weights_;
  AlignedBuffer scratch_;
};

struct Values {
  std::vector<float> image;
  std::vector<float> kernel;
  PlainFinish finish;
};

using Numbers = std::vector<float>(std::int64_t count, std::uint64_t index);

Values values_of(const ConvolutionGeometry& g, Numbers* numbers, float slope) {
  const std::int64_t filters = g.out_channels;
  return {numbers(g.in_channels * product(g.in), 1),
          numbers(filters * g.in_channels * product(g.kernel), 2),
          {numbers(filters, 3), numbers(filters, 4), numbers(filters, 5), slope}};
}

TEST_P(Winograd, IsExactOnWholeNumbers) {
  for (const ConvolutionGeometry& g : geometries()) {
    const Values v = values_of(g, whole_numbers, 0.5f);
    const std::vector<double> results = convolved(g, v.image, v.kernel, v.finish);
    const std::vector<float> expected(results.begin(), results.end());
    for (const Precision precision : precisions()) {
      EXPECT_EQ(Runner(g, precision, v.kernel)(v.image, v.finish), expected)
          << text_of(g, precision);
    }
  }
}

TEST_P(Winograd, RoundsAsTheNumberFormatDoes) {
  for (const ConvolutionGeometry& g : geometries()) {
    const Values v = values_of(g, uniform_numbers, 0.3f);
    const std::vector<double> expected = convolved(g, v.image, v.kernel, v.finish);
    for (const Precision precision : precisions()) {
      const std::vector<float> found = Runner(g, precision, v.kernel)(v.image, v.finish);
      EXPECT_LT(relative_difference(found, expected), precision == Precision::f32 ? 1e-6 : 1e-2)
          << text_of(g, precision);
    }
  }
}

TEST_P(Winograd, NothingIsLeftOfTheImageBefore) {
  for (const Precision precision : precisions()) {
    for (const ConvolutionGeometry& g : geometries()) {
      SCOPED_TRACE(text_of(g, precision));
      const Values v = values_of(g, uniform_numbers, 0.3f);
      Runner run(g, precision, v.kernel);
      const std::vector<float> first = run(v.image, v.finish);
      run(std::vector<float>(v.image.size(), not_a_number), v.finish);
      EXPECT_EQ(run(v.image, v.finish), first);
    }
  }
}

TEST(WinogradGeometries, AreOfEveryKind) {
  if (!has_wide_vectors()) GTEST_SKIP() << "this processor has no vectors of 16 floats";
  for (const ConvolutionGeometry& g : special_geometries()) {
    EXPECT_TRUE(WinogradConvolution::fits(g, Precision::f32)) << text_of(g, Precision::f32);
  }
  std::set<std::int64_t> channels;
  std::set<std::int64_t> filters;
  std::set<Triple> kernels;
  for (const ConvolutionGeometry& g : geometries()) {
    channels.insert(g.in_channels);
    filters.insert(g.out_channels);
    kernels.insert(g.kernel);
  }
  EXPECT_EQ(channels.size(), 4u);
  EXPECT_EQ(filters.size(), 4u);
  EXPECT_GE(kernels.size(), 8u);
}

/// As in the published generator.
ConvolutionGeometry usual() {
  return convolution_to({25, 25, 25}, 8, 6, {4, 5, 8}, {{2, 2, 3}, {1, 2, 4}});
}

bool fits(const ConvolutionGeometry& g) {
  return WinogradConvolution::fits(g, Precision::f32);
}

TEST(WinogradFits, FewChannelsAndFilters) {
  EXPECT_EQ(fits(usual()), has_wide_vectors());
  EXPECT_EQ(WinogradConvolution::fits(usual(), Precision::bf16), has_wide_vectors());
  EXPECT_FALSE(WinogradConvolution::fits(usual(), Precision::int8));
}

/// The same with other kernels, channels or filters.
ConvolutionGeometry other(const Triple& kernel, std::int64_t channels = 8,
                          std::int64_t filters = 6) {
  return convolution_to({25, 25, 25}, channels, filters, kernel, {});
}

TEST(WinogradFits, NothingElse) {
  if (!has_wide_vectors()) GTEST_SKIP() << "this processor has no vectors of 16 floats";
  EXPECT_TRUE(fits(other({4, 5, 8})));
  EXPECT_FALSE(fits(other({4, 5, 8}, 7)));
  EXPECT_FALSE(fits(other({4, 5, 8}, 10)));
  EXPECT_FALSE(fits(other({4, 5, 8}, 8, 5)));
  EXPECT_FALSE(fits(other({4, 5, 8}, 8, 10)));
  EXPECT_FALSE(fits(other({4, 5, 8}, 8, 64)));
  EXPECT_FALSE(fits(other({1, 5, 8})));
  EXPECT_FALSE(fits(other({4, 1, 8})));
  EXPECT_FALSE(fits(other({17, 5, 8})));
  ConvolutionGeometry strided = other({4, 5, 8});
  strided.stride[2] = 2;
  strided.out[2] = (strided.in[2] - 8) / 2 + 1;
  EXPECT_FALSE(fits(strided));
}

TEST(WinogradConvolution, SaysHowItRuns) {
  if (!has_wide_vectors()) GTEST_SKIP() << "this processor has no vectors of 16 floats";
  EXPECT_EQ(WinogradConvolution(usual(), Precision::f32).implementation(),
            "Winograd along x and y");
  EXPECT_EQ(WinogradConvolution(usual(), Precision::bf16).implementation(),
            "Winograd along x and y, bf16");
}

}  // namespace
}  // namespace showergan::nn::kernel
