#include "nn/kernel/spectral_convolution.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "nn/kernel/plain_convolution.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

struct SpectralCase {
  std::string name;
  Conv3d convolution;
  Shape image;
};

std::vector<SpectralCase> cases() {
  return {
      {"as_in_3dgan", {8, {5, 6, 6}, {1, 1, 1}, same_padding({5, 6, 6})}, {3, 7, 7, 8}},
      {"unpadded", {3, {3, 2, 3}}, {2, 5, 4, 6}},
      {"one_cell", {2, {1, 1, 1}}, {1, 1, 1, 1}},
      {"one_result", {5, {4, 3, 2}}, {2, 4, 3, 2}},
      {"one_sided", {4, {3, 3, 3}, {1, 1, 1}, {{2, 0, 1}, {0, 2, 1}}}, {3, 4, 5, 3}},
      {"more_padding_than_taps", {4, {2, 3, 2}, {1, 1, 1}, {{3, 4, 5}, {4, 1, 3}}}, {1, 2, 3, 2}},
      {"strides", {4, {3, 4, 3}, {2, 3, 2}, {{1, 2, 1}, {1, 1, 1}}}, {2, 6, 7, 5}},
      {"many_filters", {70, {2, 2, 2}, {1, 1, 1}, same_padding({2, 2, 2})}, {1, 3, 3, 4}},
      {"long", {2, {2, 2, 3}, {1, 1, 1}, same_padding({2, 2, 3})}, {2, 2, 2, 60}},
      {"upsampled",
       {4, {3, 3, 5}, {1, 1, 1}, {{1, 1, 2}, {1, 2, 1}}, true, {}, {}, {2, 3, 2}},
       {3, 3, 2, 4}}};
}

/// Channels innermost, each cell so many times along the axes.
std::vector<float> upsampled(const std::vector<float>& image, const Shape& shape,
                             const Triple& times) {
  std::vector<float> result;
  for (std::int64_t x = 0; x < shape[1] * times[0]; ++x) {
    for (std::int64_t y = 0; y < shape[2] * times[1]; ++y) {
      for (std::int64_t z = 0; z < shape[3] * times[2]; ++z) {
        for (std::int64_t c = 0; c < shape[0]; ++c) {
          const std::int64_t cell =
              ((c * shape[1] + x / times[0]) * shape[2] + y / times[1]) * shape[3] + z / times[2];
          result.push_back(image[static_cast<std::size_t>(cell)]);
        }
      }
    }
  }
  return result;
}

/// By the definition: stride 1, of which every so manieth result is taken.
std::vector<double> expected(const SpectralCase& c, const std::vector<float>& image,
                             const std::vector<float>& kernel) {
  const Conv3d& op = c.convolution;
  ConvolutionGeometry g{1, c.image[0], op.filters, {}, {}, op.kernel, {1, 1, 1}, op.padding};
  for (std::size_t i = 0; i < 3; ++i) {
    g.in[i] = c.image[i + 1] * op.upsampling[i];
    g.out[i] = g.in[i] + op.padding.before[i] + op.padding.after[i] - op.kernel[i] + 1;
  }
  const auto filters = static_cast<std::size_t>(op.filters);
  const PlainFinish nothing{std::vector<float>(filters, 0.0f), std::vector<float>(filters, 1.0f),
                            std::vector<float>(filters, 0.0f), 1.0f};
  const std::vector<double> all =
      convolved(g, upsampled(image, c.image, op.upsampling), kernel, nothing);
  std::vector<double> result;
  for (std::int64_t x = 0; x < g.out[0]; x += op.stride[0]) {
    for (std::int64_t y = 0; y < g.out[1]; y += op.stride[1]) {
      for (std::int64_t z = 0; z < g.out[2]; z += op.stride[2]) {
        const auto first = all.begin() + ((x * g.out[1] + y) * g.out[2] + z) * op.filters;
        result.insert(result.end(), first, first + op.filters);
      }
    }
  }
  return result;
}

std::vector<float> kernel_of(const SpectralCase& c) {
  return uniform_numbers(c.convolution.filters * c.image[0] * product(c.convolution.kernel), 1);
}

class SpectralConvolutionOn : public OnEveryTarget {};

TEST_P(SpectralConvolutionOn, ComputesTheConvolution) {
  for (const SpectralCase& c : cases()) {
    SCOPED_TRACE(c.name);
    const std::vector<float> kernel = kernel_of(c);
    const SpectralConvolution convolution(c.convolution, c.image, kernel);
    ASSERT_EQ(convolution.image_size(), element_count(c.image));
    SpectralConvolution::Scratch scratch = convolution.scratch();
    const std::int64_t count = convolution.images_at_a_time();
    const std::vector<float> images = uniform_numbers(count * convolution.image_size(), 2);
    std::vector<float> results(static_cast<std::size_t>(count * convolution.result_size()));
    convolution.run(images.data(), count, scratch, results.data());
    for (const std::int64_t i : {std::int64_t{0}, count - 1}) {
      const auto image = images.begin() + i * convolution.image_size();
      const auto result = results.begin() + i * convolution.result_size();
      const std::vector<double> plain =
          expected(c, {image, image + convolution.image_size()}, kernel);
      ASSERT_EQ(static_cast<std::int64_t>(plain.size()), convolution.result_size());
      EXPECT_LT(relative_difference({result, result + convolution.result_size()}, plain), 1e-6);
    }
  }
}

TEST_P(SpectralConvolutionOn, AnImageDoesNotDependOnItsNeighbours) {
  for (const SpectralCase& c : cases()) {
    SCOPED_TRACE(c.name);
    const SpectralConvolution convolution(c.convolution, c.image, kernel_of(c));
    SpectralConvolution::Scratch scratch = convolution.scratch();
    const std::int64_t count = convolution.images_at_a_time();
    const std::int64_t size = convolution.result_size();
    const std::vector<float> images = uniform_numbers(count * convolution.image_size(), 2);
    std::vector<float> results(static_cast<std::size_t>(count * size));
    convolution.run(images.data(), count, scratch, results.data());
    std::vector<float> alone(static_cast<std::size_t>(size));
    for (std::int64_t i = 0; i < count; ++i) {
      convolution.run(images.data() + i * convolution.image_size(), 1, scratch, alone.data());
      EXPECT_TRUE(std::equal(alone.begin(), alone.end(), results.begin() + i * size)) << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, SpectralConvolutionOn, testing::ValuesIn(vector_targets()),
                         target_name);

}  // namespace
}  // namespace showergan::nn::kernel
