#include "nn/kernel/phase_shuffle.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace showergan::nn::kernel {
namespace {

Conv3d convolution(std::int64_t filters, Triple kernel, Triple upsampling, Padding padding = {}) {
  Conv3d conv{filters, kernel, {1, 1, 1}, padding};
  conv.upsampling = upsampling;
  return conv;
}

TEST(PhaseShuffle, DealsPhasesToCellsAndCutsTheEnds) {
  // One axis: two phases of three cells, of which the result has the middle four cells.
  const Conv3d conv = convolution(2, {4, 1, 1}, {2, 1, 1}, {{1, 0, 0}, {2, 0, 0}});
  const LowResolution low = low_resolution(conv, {1, 2, 1, 1});
  ASSERT_EQ(low.extents[0], 3);
  ASSERT_EQ(low.skip[0], 1);
  const std::vector<float> phase_results{0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51};
  std::vector<float> image(8, -1);
  const Phases all{{0, 0, 0}, {2, 1, 1}};
  const Shape result{2, 4, 1, 1};
  const PhaseCells cells =
      cells_of_phases(conv, all, PhaseKernel(conv, 1, all).taps(), {1, 2, 1, 1}, result);
  ASSERT_EQ(cells.extents[0], 3);
  PhaseShuffle(conv, low.skip, result, all, cells).deal(phase_results.data(), image.data(), 1);
  EXPECT_EQ(image, (std::vector<float>{10, 11, 20, 21, 30, 31, 40, 41}));
}

TEST(PhaseShuffle, RowsAreDealtAsTheWholeIs) {
  const Shape source{1, 2, 3, 3};
  for (const Conv3d& conv : {convolution(3, {3, 2, 4}, {3, 2, 2}, {{1, 1, 0}, {0, 2, 1}}),
                             convolution(2, {2, 4, 3}, {3, 1, 4}, {{0, 0, 5}, {4, 3, 0}}),
                             convolution(8, {5, 3, 2}, {3, 3, 1}, {{2, 2, 0}, {2, 0, 0}})}) {
    const LowResolution low = low_resolution(conv, source);
    const Shape result = infer_shape(conv, {&source, 1});
    for (const Phases& phases : parts_of_phases(conv.upsampling, {1, conv.upsampling[1], 1})) {
      const PhaseKernel kernel(conv, 1, phases);
      const PhaseCells cells = cells_of_phases(conv, phases, kernel.taps(), source, result);
      const PhaseShuffle shuffle(conv, low.skip, result, phases, cells);
      const std::int64_t channels = kernel.out_channels();
      const Triple& extents = cells.extents;
      const std::int64_t rows = extents[0] * extents[1];
      const std::int64_t stride = channels + 5;
      std::vector<float> phase_results(static_cast<std::size_t>(rows * extents[2] * channels));
      std::iota(phase_results.begin(), phase_results.end(), 1.0f);
      std::vector<float> expected(static_cast<std::size_t>(element_count(result)), -1);
      std::vector<float> found = expected;
      shuffle.deal(phase_results.data(), expected.data(), 1);
      for (std::int64_t row = 0; row < rows; ++row) {
        std::vector<float> apart(static_cast<std::size_t>(extents[2] * stride), -2);
        for (std::int64_t z = 0; z < extents[2]; ++z) {
          std::copy_n(phase_results.data() + (row * extents[2] + z) * channels, channels,
                      apart.data() + z * stride);
        }
        shuffle.deal_row(apart.data(), stride, row / extents[1], row % extents[1], found.data());
      }
      EXPECT_EQ(found, expected);
    }
  }
}

TEST(PhaseShuffle, CollectIsTheTransposedMap) {
  const Conv3d conv = convolution(3, {3, 2, 4}, {3, 2, 2}, {{1, 1, 0}, {0, 2, 1}});
  const Shape source{1, 2, 3, 3};
  const LowResolution low = low_resolution(conv, source);
  const Shape result = infer_shape(conv, {&source, 1});
  constexpr std::int64_t samples = 2;
  std::vector<float> image(static_cast<std::size_t>(samples * element_count(result)));
  CounterRandom(5, RandomPurpose::noise).fill_uniform(0, image);
  double found = 0;
  double expected = 0;
  std::vector<float> dealt(image.size(), 0);
  for (const Phases& phases : parts_of_phases(conv.upsampling, {1, 2, 1})) {
    const PhaseKernel kernel(conv, 1, phases);
    const PhaseCells cells = cells_of_phases(conv, phases, kernel.taps(), source, result);
    const std::int64_t count =
        cells.extents[0] * cells.extents[1] * cells.extents[2] * kernel.out_channels();
    const PhaseShuffle shuffle(conv, low.skip, result, phases, cells);
    std::vector<float> phase_results(static_cast<std::size_t>(samples * count));
    std::vector<float> collected(phase_results.size(), -1);
    CounterRandom(5, RandomPurpose::noise, 1).fill_uniform(0, phase_results);
    shuffle.deal(phase_results.data(), dealt.data(), samples);
    shuffle.collect(image.data(), collected.data(), samples);
    found += std::inner_product(collected.begin(), collected.end(), phase_results.begin(), 0.0);
  }
  EXPECT_EQ(std::count(dealt.begin(), dealt.end(), 0.0f), 0) << "all parts fill the image";
  expected = std::inner_product(image.begin(), image.end(), dealt.begin(), 0.0);
  EXPECT_NEAR(found, expected, 1e-3);
}

}  // namespace
}  // namespace showergan::nn::kernel
