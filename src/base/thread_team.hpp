#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/pinning.hpp"

namespace showergan {

/// Threads that work at the same time and may wait for each other: each has its part of a batch,
/// and sums over the whole batch are needed on the way. (parallel_for deals out work that is
/// independent.) The threads are started once.
class ThreadTeam {
 public:
  /// Members are bound to CPUs while they work if `pinning`, of so many threads, says so. Throws
  /// Error if the system does not give so many threads.
  explicit ThreadTeam(int threads, Pinning pinning = {});
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  int size() const noexcept;

  /// Runs work(0) … work(members − 1) at the same time, the first on the caller's thread, and
  /// returns when all are done. members is at most size(). The first exception is thrown again
  /// here; members that wait for the one that threw are released.
  void run(int members, const std::function<void(int member)>& work);

  /// To be called by all members of a run: adds up their values, in the order of the members, so
  /// that the result does not depend on who comes first. Every member gets the sum.
  void sum(int member, std::span<double> values);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace showergan
