#pragma once

#include <cstdint>
#include <functional>

#include "base/pinning.hpp"

namespace showergan {

/// Cores this process may use (its affinity mask, not the machine's count).
int available_cores();

/// Runs work(0) … work(count − 1) on `threads` threads, the caller's included; an index is taken
/// when a thread is free. The first exception stops the rest and is thrown again here. Threads are
/// bound to CPUs while they work if `pinning` says so; it must be of so many threads at least.
void parallel_for(int threads, std::int64_t count,
                  const std::function<void(std::int64_t index, int thread)>& work,
                  const Pinning& pinning = {});

}  // namespace showergan
