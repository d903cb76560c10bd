#include "nn/kernel/phase_kernel.hpp"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"

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

TEST(PhaseKernel, SumsTheTapsThatReadTheSameCell) {
  const PhaseKernel phases(convolution({3, 1, 1}, {2, 1, 1}), 1, {0, 2});
  EXPECT_EQ(phases.taps(), (Triple{2, 1, 1}));
  EXPECT_EQ(phases.out_channels(), 4);
  const std::vector<float> kernel{1, 2, 4, 10, 20, 40};  // two filters
  std::vector<float> joined(static_cast<std::size_t>(phases.size()));
  phases.sum_taps(kernel.data(), joined.data());
  // Phase 0 reads cells q, q, q + 1; phase 1 reads q, q + 1, q + 1.
  EXPECT_EQ(joined, (std::vector<float>{3, 4, 30, 40, 1, 6, 10, 60}));
}

TEST(PhaseKernel, FillsShorterPhasesWithZeros) {
  const PhaseKernel phases(convolution({2, 1, 1}, {2, 1, 1}), 1, {0, 2});
  const std::vector<float> kernel{1, 2, 10, 20};
  std::vector<float> joined(static_cast<std::size_t>(phases.size()));
  phases.sum_taps(kernel.data(), joined.data());
  EXPECT_EQ(joined, (std::vector<float>{3, 0, 30, 0, 1, 2, 10, 20}));
}

TEST(PhaseKernel, APartHasTheTapsThatItNeeds) {
  const PhaseKernel first(convolution({2, 1, 1}, {2, 1, 1}), 1, {0, 1});
  EXPECT_EQ(first.taps(), (Triple{1, 1, 1}));
  EXPECT_EQ(first.size(), 2);
  const PhaseKernel second(convolution({2, 1, 1}, {2, 1, 1}), 1, {1, 1});
  EXPECT_EQ(second.taps(), (Triple{2, 1, 1}));
}

TEST(PhaseKernel, TheGradientGoesThroughTheTransposedMap) {
  const PhaseKernel phases(convolution({3, 2, 4}, {2, 3, 2}), 3, {1, 1});
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
