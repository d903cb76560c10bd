#include "store/shard_cache.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "base/threads.hpp"

namespace showergan {

ShardCache::ShardCache(const ShowerShards& shards, std::int64_t memory, int threads)
    : shards_(shards), memory_(memory), threads_(threads) {}

std::int64_t ShardCache::bytes_of(std::int64_t shard) const {
  return shards_.bytes(shards_.shards()[static_cast<std::size_t>(shard)].count);
}

void ShardCache::make_room(std::int64_t bytes) {
  while (bytes_ + bytes > memory_) {
    auto oldest = entries_.end();
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
      if (entry->second.showers.use_count() > 1) continue;
      if (oldest == entries_.end() || entry->second.asked < oldest->second.asked) oldest = entry;
    }
    SHOWERGAN_EXPECT(oldest != entries_.end());
    if (oldest == entries_.end()) return;
    bytes_ -= bytes_of(oldest->first);
    entries_.erase(oldest);
  }
}

std::vector<ShardCache::Held> ShardCache::get(std::span<const std::int64_t> shards) {
  std::vector<Held> held(shards.size());
  std::vector<std::size_t> missing;
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const auto entry = entries_.find(shards[i]);
    if (entry != entries_.end()) {
      held[i] = entry->second.showers;
      entry->second.asked = ++clock_;
    } else {
      missing.push_back(i);
      bytes += bytes_of(shards[i]);
    }
  }
  make_room(bytes);
  peak_ = std::max<std::int64_t>(peak_, bytes_ + bytes);
  parallel_for(threads_, static_cast<std::int64_t>(missing.size()), [&](std::int64_t i, int) {
    const std::size_t place = missing[static_cast<std::size_t>(i)];
    held[place] = std::make_shared<const ShowerBatch>(shards_.load(shards[place]));
  });
  for (const std::size_t place : missing) entries_[shards[place]] = {held[place], ++clock_};
  bytes_ += bytes;
  return held;
}

}  // namespace showergan
