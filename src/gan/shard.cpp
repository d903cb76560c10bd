#include "gan/shard.hpp"

#include <algorithm>

#include "base/contract.hpp"

namespace showergan::gan {

std::vector<Shard> split_batch(std::int64_t samples, int threads) {
  SHOWERGAN_EXPECT(samples >= 0 && threads >= 1);
  const std::int64_t parts = std::min<std::int64_t>(samples, threads);
  std::vector<Shard> shards;
  std::int64_t first = 0;
  for (std::int64_t i = 0; i < parts; ++i) {
    const std::int64_t count = samples / parts + (i < samples % parts ? 1 : 0);
    shards.push_back({first, count});
    first += count;
  }
  return shards;
}

}  // namespace showergan::gan
