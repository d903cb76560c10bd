#pragma once

#include <vector>

#include "store/shower_shards.hpp"

namespace showergan {

/// For each shower, in the order of the files, whether the sum of its cells is below `least_sum`
/// (GeV); cells below `threshold` (GeV) count as 0. Reads all showers once, on `threads` threads
/// with a shard each in memory, and with progress on standard error unless `quiet`. Throws
/// InputError as ShowerShards::load, and Error if the user interrupts.
std::vector<bool> faint_showers(const ShowerShards& shards, float threshold, double least_sum,
                                int threads, bool quiet);

}  // namespace showergan
