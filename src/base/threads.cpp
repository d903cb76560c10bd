#include "base/threads.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "base/contract.hpp"

namespace showergan {

int available_cores() {
  const auto allowed = static_cast<int>(allowed_cpus().size());
  return std::max(1, allowed > 0 ? allowed : static_cast<int>(std::thread::hardware_concurrency()));
}

void parallel_for(int threads, std::int64_t count,
                  const std::function<void(std::int64_t index, int thread)>& work,
                  const Pinning& pinning) {
  SHOWERGAN_EXPECT(threads >= 1);
  std::atomic<std::int64_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&](int thread) {
    try {
      const PinnedThread pinned(pinning, thread);
      for (std::int64_t i = next++; i < count; i = next++) work(i, thread);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  others.reserve(static_cast<std::size_t>(threads));
  const int wanted = static_cast<int>(std::min<std::int64_t>(threads, count));
  try {
    for (int thread = 1; thread < wanted; ++thread) others.emplace_back(run, thread);
  } catch (const std::system_error&) {
    // The system gives no more threads: those that started, and this one, do the work.
  }
  run(0);
  for (std::thread& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace showergan
