#include "base/threads.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(AvailableCores, IsAtLeastOne) {
  EXPECT_GE(available_cores(), 1);
}

TEST(ParallelFor, RunsEveryIndexOnce) {
  for (const int threads : {1, 2, 5}) {
    for (const std::int64_t count : {0, 1, 3, 1000}) {
      std::vector<std::atomic<int>> runs(static_cast<std::size_t>(count));
      std::atomic<bool> thread_in_range = true;
      parallel_for(threads, count, [&](std::int64_t index, int thread) {
        ++runs[static_cast<std::size_t>(index)];
        if (thread < 0 || thread >= threads) thread_in_range = false;
      });
      for (const auto& n : runs) EXPECT_EQ(n, 1);
      EXPECT_TRUE(thread_in_range);
    }
  }
}

TEST(ParallelFor, ThrowsTheFirstExceptionAndStops) {
  for (const int threads : {1, 3}) {
    std::atomic<std::int64_t> done = 0;
    EXPECT_THROW(parallel_for(threads, 1'000'000,
                              [&](std::int64_t index, int) {
                                if (index == 10) throw std::runtime_error("ten");
                                ++done;
                              }),
                 std::runtime_error);
    EXPECT_LT(done, 1'000'000 - 1);
  }
}

}  // namespace
}  // namespace showergan
