#pragma once

#include <cstdint>
#include <vector>

namespace showergan::gan {

/// The part of a batch that one thread works on.
struct Shard {
  std::int64_t first = 0;
  std::int64_t count = 0;

  friend bool operator==(const Shard&, const Shard&) = default;
};

/// Cuts a batch into parts for at most `threads` threads; sizes differ by one at most, the larger
/// ones first, and none is empty.
std::vector<Shard> split_batch(std::int64_t samples, int threads);

}  // namespace showergan::gan
