#include "nn/kernel/phase_kernel.hpp"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "nn/graph/low_resolution.hpp"

namespace showergan::nn::kernel {
namespace {

Conv3d convolution(Triple kernel, Triple upsampling) {
  Conv3d conv{2, kernel};
  conv.upsampling = upsampling;
  return conv;
}

std::vector<float> random(std::int64_t count, std::uint32_t stream) {
  std::vector<float> values(static_cast<std::size_t>(count));
  CounterRandom(5, RandomPurpose::noise, stream).fill_uniform(0, values);
  return values;
}

Phases all_phases(const Triple& upsampling) {
  return {{0, 0, 0}, upsampling};
}

TEST(PhaseKernel, SumsTheTapsThatReadTheSameCell) {
  const PhaseKernel phases(convolution({3, 1, 1}, {2, 1, 1}), 1, all_phases({2, 1, 1}));
  EXPECT_EQ(phases.taps(), (Triple{2, 1, 1}));
  EXPECT_EQ(phases.out_channels(), 4);
  const std::vector<float> kernel{1, 2, 4, 10, 20, 40};  // two filters
  std::vector<float> joined(static_cast<std::size_t>(phases.size()));
  phases.sum_taps(kernel.data(), joined.data());
  // Phase 0 reads cells q, q, q + 1; phase 1 reads q, q + 1, q + 1.
  EXPECT_EQ(joined, (std::vector<float>{3, 4, 30, 40, 1, 6, 10, 60}));
}

TEST(PhaseKernel, FillsShorterPhasesWithZeros) {
  const PhaseKernel phases(convolution({2, 1, 1}, {2, 1, 1}), 1, all_phases({2, 1, 1}));
  const std::vector<float> kernel{1, 2, 10, 20};
  std::vector<float> joined(static_cast<std::size_t>(phases.size()));
  phases.sum_taps(kernel.data(), joined.data());
  EXPECT_EQ(joined, (std::vector<float>{3, 0, 30, 0, 1, 2, 10, 20}));
}

TEST(PhaseKernel, APartHasTheTapsThatItNeeds) {
  const PhaseKernel first(convolution({2, 1, 1}, {2, 1, 1}), 1, {{0, 0, 0}, {1, 1, 1}});
  EXPECT_EQ(first.taps(), (Triple{1, 1, 1}));
  EXPECT_EQ(first.size(), 2);
  const PhaseKernel second(convolution({2, 1, 1}, {2, 1, 1}), 1, {{1, 0, 0}, {1, 1, 1}});
  EXPECT_EQ(second.taps(), (Triple{2, 1, 1}));
}

TEST(Phases, AreCutIntoEqualParts) {
  const std::vector<Phases> parts = parts_of_phases({2, 1, 3}, {2, 1, 1});
  ASSERT_EQ(parts.size(), 3u);
  for (std::size_t z = 0; z < 3; ++z) {
    EXPECT_EQ(parts[z].first, (Triple{0, 0, static_cast<std::int64_t>(z)}));
    EXPECT_EQ(parts[z].count, (Triple{2, 1, 1}));
    EXPECT_EQ(parts[z].number(), 2);
  }
}

TEST(PhaseCells, AreThoseWithAResultInTheImage) {
  // Cells q of the low resolution hold the results 2·q − 1 (phase 0) and 2·q (phase 1), of which
  // the image has 0 … 3: phase 0 from q = 1 on, phase 1 from q = 0 to 1.
  Conv3d conv = convolution({4, 1, 1}, {2, 1, 1});
  conv.padding = {{1, 0, 0}, {2, 0, 0}};
  const Shape source{1, 2, 1, 1};
  const Shape result{2, 4, 1, 1};
  ASSERT_EQ(low_resolution(conv, source).skip[0], 1);
  const auto cells = [&](std::int64_t phase) {
    const Phases phases{{phase, 0, 0}, {1, 1, 1}};
    return cells_of_phases(conv, phases, PhaseKernel(conv, 1, phases).taps(), source, result);
  };
  EXPECT_EQ(cells(0).first[0], 1);
  EXPECT_EQ(cells(0).extents[0], 2);
  EXPECT_EQ(cells(0).padding.before[0], 0);
  EXPECT_EQ(cells(1).first[0], 0);
  EXPECT_EQ(cells(1).extents[0], 2);
  EXPECT_EQ(cells(1).padding.before[0], 1);
  for (const std::int64_t phase : {0, 1}) {
    const PhaseCells c = cells(phase);
    const std::int64_t taps = PhaseKernel(conv, 1, {{phase, 0, 0}, {1, 1, 1}}).taps()[0];
    EXPECT_EQ(2 + c.padding.before[0] + c.padding.after[0] - taps + 1, c.extents[0]);
    EXPECT_GE(c.padding.after[0], 0);
  }
}

TEST(PhaseCells, APhaseMayHaveNone) {
  // One source cell, two taps: the result is one cell, of phase 0.
  const Conv3d conv = convolution({2, 1, 1}, {2, 1, 1});
  const Shape one{1, 1, 1, 1};
  const auto extent = [&](std::int64_t phase) {
    const Phases phases{{phase, 0, 0}, {1, 1, 1}};
    return cells_of_phases(conv, phases, PhaseKernel(conv, 1, phases).taps(), one, {2, 1, 1, 1})
        .extents[0];
  };
  EXPECT_EQ(extent(0), 1);
  EXPECT_LT(extent(1), 1);
}

TEST(PhaseKernel, TheGradientGoesThroughTheTransposedMap) {
  const PhaseKernel phases(convolution({3, 2, 4}, {2, 3, 2}), 3, {{1, 0, 1}, {1, 3, 1}});
  const std::vector<float> kernel = random(2 * 3 * 24, 1);
  const std::vector<float> other = random(phases.size(), 2);
  std::vector<float> joined(other.size());
  std::vector<float> transposed(kernel.size(), 0);
  phases.sum_taps(kernel.data(), joined.data());
  phases.add_transposed(other.data(), transposed.data());
  EXPECT_NEAR(std::inner_product(joined.begin(), joined.end(), other.begin(), 0.0),
              std::inner_product(kernel.begin(), kernel.end(), transposed.begin(), 0.0), 1e-4);
}

}  // namespace
}  // namespace showergan::nn::kernel
