#include "base/pinning.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sched.h>

#include "showergan/error.hpp"

#include "base/thread_team.hpp"
#include "base/threads.hpp"
#include "support/error_text.hpp"

namespace showergan {
namespace {

int cpus() {
  return static_cast<int>(allowed_cpus().size());
}

/// Runs the work on a thread that may use these CPUs only, as taskset would have it.
void run_on(const std::vector<int>& allowed, const std::function<void()>& work) {
  std::thread([&] {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int cpu : allowed) CPU_SET(static_cast<std::size_t>(cpu), &set);
    ASSERT_EQ(sched_setaffinity(0, sizeof(set), &set), 0);
    work();
  }).join();
}

TEST(AllowedCpus, AreAscendingAndAsManyAsThereAreCores) {
  const std::vector<int> allowed = allowed_cpus();
  ASSERT_FALSE(allowed.empty());
  EXPECT_TRUE(std::ranges::is_sorted(allowed));
  EXPECT_EQ(static_cast<int>(allowed.size()), available_cores());
}

TEST(AllowedCpus, AreThoseThatTheSystemLeaves) {
  const int last = allowed_cpus().back();
  run_on({last}, [&] {
    EXPECT_EQ(allowed_cpus(), std::vector<int>{last});
    EXPECT_EQ(available_cores(), 1);
  });
}

TEST(PinnedThread, IsBoundToTheCpuOfItsNumberAndFreeAfterwards) {
  const std::vector<int> before = allowed_cpus();
  const Pinning pinning(cpus());
  for (int thread = 0; thread < cpus(); ++thread) {
    const PinnedThread pinned(pinning, thread);
    EXPECT_EQ(allowed_cpus(), std::vector<int>{before[static_cast<std::size_t>(thread)]});
    EXPECT_EQ(sched_getcpu(), before[static_cast<std::size_t>(thread)]);
  }
  EXPECT_EQ(allowed_cpus(), before);
}

TEST(PinnedThread, IsNotBoundUnlessAsked) {
  const std::vector<int> before = allowed_cpus();
  const PinnedThread pinned(Pinning(), 3);
  EXPECT_EQ(allowed_cpus(), before);
}

TEST(PinnedThread, StaysAmongTheCpusOfTheProcess) {
  const int last = allowed_cpus().back();
  run_on({last}, [&] {
    const PinnedThread pinned(Pinning(1), 0);
    EXPECT_EQ(allowed_cpus(), std::vector<int>{last});
  });
}

TEST(Pinning, RefusesMoreThreadsThanCpus) {
  run_on({allowed_cpus().front()}, [] {
    EXPECT_EQ(test::error_text<InputError>([] { Pinning(2); }),
              "2 threads cannot be pinned to 1 CPU (this process may use no more); ask for fewer "
              "threads, or do not pin them");
  });
}

TEST(Pinning, ThreadsOfALoopAreOnCpusOfTheirOwn) {
  const std::vector<int> before = allowed_cpus();
  const int threads = cpus();
  std::vector<std::vector<int>> found(before.size());
  std::atomic<int> arrived = 0;
  const auto look = [&](std::int64_t, int thread) {
    found[static_cast<std::size_t>(thread)] = allowed_cpus();
    ++arrived;
    while (arrived < threads) std::this_thread::yield();  // so that each takes one index
  };
  parallel_for(threads, threads, look, Pinning(threads));
  for (std::size_t thread = 0; thread < before.size(); ++thread) {
    EXPECT_EQ(found[thread], std::vector<int>{before[thread]});
  }
  EXPECT_EQ(allowed_cpus(), before);
}

TEST(Pinning, MembersOfATeamAreOnCpusOfTheirOwn) {
  const std::vector<int> before = allowed_cpus();
  ThreadTeam team(cpus(), Pinning(cpus()));
  for (int run = 0; run < 3; ++run) {
    std::vector<std::vector<int>> found(before.size());
    team.run(cpus(), [&](int member) { found[static_cast<std::size_t>(member)] = allowed_cpus(); });
    for (std::size_t member = 0; member < before.size(); ++member) {
      EXPECT_EQ(found[member], std::vector<int>{before[member]});
    }
    EXPECT_EQ(allowed_cpus(), before) << "the caller is the first member";
  }
}

TEST(Pinning, IsUndoneWhenTheWorkFails) {
  const std::vector<int> before = allowed_cpus();
  const Pinning pinning(1);
  const auto fail = [](std::int64_t, int) { throw Error("no"); };
  EXPECT_THROW(parallel_for(1, 1, fail, pinning), Error);
  EXPECT_EQ(allowed_cpus(), before);
}

}  // namespace
}  // namespace showergan
