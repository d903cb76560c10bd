#include "nn/plan/memory_plan.hpp"

#include <random>

#include <gtest/gtest.h>

namespace showergan::nn {
namespace {

void expect_no_overlap(const std::vector<Lifetime>& buffers, const MemoryPlan& plan) {
  for (std::size_t a = 0; a < buffers.size(); ++a) {
    EXPECT_EQ(plan.offsets[a] % 64, 0u);
    EXPECT_LE(plan.offsets[a] + buffers[a].bytes, plan.total);
    for (std::size_t b = 0; b < a; ++b) {
      const bool same_time =
          buffers[a].first <= buffers[b].last && buffers[b].first <= buffers[a].last;
      const bool same_place = plan.offsets[a] < plan.offsets[b] + buffers[b].bytes &&
                              plan.offsets[b] < plan.offsets[a] + buffers[a].bytes;
      EXPECT_FALSE(same_time && same_place) << a << " and " << b;
    }
  }
}

TEST(MemoryPlan, SharesWhatDoesNotLiveTogether) {
  // A chain: each tensor lives for two steps, so two places are enough for any length.
  std::vector<Lifetime> buffers;
  for (int i = 0; i < 10; ++i) buffers.push_back({1024, i, i + 1});
  const MemoryPlan plan = plan_memory(buffers);
  expect_no_overlap(buffers, plan);
  EXPECT_EQ(plan.total, 2048u);
}

TEST(MemoryPlan, NeverOverlapsForRandomLifetimes) {
  std::mt19937 random(5);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<Lifetime> buffers;
    for (int i = 0; i < 40; ++i) {
      const int first = static_cast<int>(random() % 30);
      buffers.push_back({random() % 5000 + 1, first, first + static_cast<int>(random() % 10)});
    }
    expect_no_overlap(buffers, plan_memory(buffers));
  }
}

TEST(MemoryPlan, NothingNeedsNothing) {
  EXPECT_EQ(plan_memory({}).total, 0u);
}

}  // namespace
}  // namespace showergan::nn
