#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.hpp"

namespace showergan {

/// Where the shower at some place of an epoch is.
struct EpochPlace {
  std::int64_t lane = 0;
  std::int64_t shard = 0;
  std::int64_t nth = 0;  ///< of the training rows of the shard in their order of this epoch
};

/// The order of an epoch: shards in random order are dealt to lanes; each lane goes through its
/// shards one after the other, in each shard through its training rows in random order; the order
/// takes one shower of each lane in turn and leaves out lanes that have run out.
///
/// So at any time one shard per lane is in use, and neighbours in the order come from different
/// shards. A function of the arguments only; any place can be asked for.
class EpochOrder {
 public:
  /// `counts`: training rows of each shard; shards without any are left out. `lanes` ≥ 1.
  EpochOrder(std::vector<std::int64_t> counts, std::int64_t lanes, std::uint64_t seed,
             std::int64_t epoch);

  /// Showers in the epoch.
  std::int64_t size() const noexcept { return size_; }

  /// `position` in [0, size()).
  EpochPlace at(std::int64_t position) const;

  /// Which of the training rows of a shard comes first, second, …
  std::vector<std::int64_t> row_order(std::int64_t shard) const;

 private:
  /// Rounds in which the same lanes take part.
  struct Stretch {
    std::int64_t position = 0;  ///< of its first shower
    std::int64_t round = 0;     ///< its first round: how many showers each lane has given before
    std::vector<std::int64_t> lanes;
  };
  struct Lane {
    std::vector<std::int64_t> shards;
    std::vector<std::int64_t> ends;  ///< showers of the lane up to the end of each of its shards
  };

  void deal(std::int64_t lanes);
  void find_stretches();

  std::vector<std::int64_t> counts_;
  std::uint64_t seed_;
  std::int64_t epoch_;
  std::int64_t size_ = 0;
  std::vector<Lane> lanes_;
  std::vector<Stretch> stretches_;
};

}  // namespace showergan
