#pragma once

#include <vector>

namespace showergan {

/// The CPUs that the calling thread may run on, in ascending order: those of the process unless the
/// thread is bound itself, and not the machine's where taskset, Slurm or a container give it
/// fewer. Empty if the system does not say. (Linux.)
std::vector<int> allowed_cpus();

/// Which CPU each thread of a job is bound to: a thread that stays where it is keeps its caches.
/// By default none is bound.
class Pinning {
 public:
  Pinning() = default;

  /// Thread i belongs on the i-th of allowed_cpus(). Throws InputError if there are fewer of them
  /// than threads.
  explicit Pinning(int threads);

 private:
  friend class PinnedThread;
  std::vector<int> cpus_;  ///< of the threads, by number; empty: none is bound
};

/// While it lives, the calling thread runs on the CPU of a job's thread `thread` and on no other;
/// afterwards on those that it was allowed before. Does nothing if none is to be bound.
class PinnedThread {
 public:
  /// Throws Error if the system refuses.
  PinnedThread(const Pinning& pinning, int thread);
  ~PinnedThread();
  PinnedThread(const PinnedThread&) = delete;
  PinnedThread& operator=(const PinnedThread&) = delete;

 private:
  std::vector<int> before_;  ///< empty: it was not bound
};

}  // namespace showergan
