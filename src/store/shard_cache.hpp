#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "store/shower_shards.hpp"

namespace showergan {

/// Decoded shards within a limit of memory. A shard stays while somebody holds it, and afterwards
/// until its memory is needed; the one that was asked for longest ago goes first.
///
/// For use by one thread, apart from bytes() and peak().
class ShardCache {
 public:
  using Held = std::shared_ptr<const ShowerBatch>;

  /// `memory` in bytes; `threads` decode.
  ShardCache(const ShowerShards& shards, std::int64_t memory, int threads);

  /// The shards, decoded at the same time where they are not here already. They and what is held at
  /// the moment must fit into the memory. Throws as ShowerShards::load, and then holds nothing new.
  std::vector<Held> get(std::span<const std::int64_t> shards);

  std::int64_t bytes() const noexcept { return bytes_; }
  /// Most bytes so far.
  std::int64_t peak() const noexcept { return peak_; }

 private:
  struct Entry {
    Held showers;
    std::uint64_t asked = 0;
  };

  void make_room(std::int64_t bytes);
  std::int64_t bytes_of(std::int64_t shard) const;

  const ShowerShards& shards_;
  std::int64_t memory_;
  int threads_;
  std::unordered_map<std::int64_t, Entry> entries_;
  std::uint64_t clock_ = 0;
  std::atomic<std::int64_t> bytes_ = 0;
  std::atomic<std::int64_t> peak_ = 0;
};

}  // namespace showergan
