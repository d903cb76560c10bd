#include "store/epoch_order.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/contract.hpp"
#include "base/permutation.hpp"

namespace showergan {
namespace {

constexpr std::uint32_t shard_stream = 0;
constexpr std::uint32_t row_stream = 1;

}  // namespace

EpochOrder::EpochOrder(std::vector<std::int64_t> counts, std::int64_t lanes, std::uint64_t seed,
                       std::int64_t epoch)
    : counts_(std::move(counts)),
      seed_(seed),
      epoch_(epoch),
      size_(std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0})) {
  SHOWERGAN_EXPECT(lanes >= 1 && epoch >= 0);
  deal(lanes);
  find_stretches();
}

void EpochOrder::deal(std::int64_t lanes) {
  std::vector<std::int64_t> shards;
  for (std::size_t shard = 0; shard < counts_.size(); ++shard) {
    if (counts_[shard] > 0) shards.push_back(static_cast<std::int64_t>(shard));
  }
  const CounterRandom random(seed_, RandomPurpose::shuffle, shard_stream);
  lanes_.resize(static_cast<std::size_t>(lanes));
  std::size_t next = 0;
  for (const std::int64_t i : permutation(random, static_cast<std::uint64_t>(epoch_),
                                          static_cast<std::int64_t>(shards.size()))) {
    const std::int64_t shard = shards[static_cast<std::size_t>(i)];
    Lane& lane = lanes_[next++ % lanes_.size()];
    lane.shards.push_back(shard);
    lane.ends.push_back((lane.ends.empty() ? 0 : lane.ends.back()) +
                        counts_[static_cast<std::size_t>(shard)]);
  }
}

void EpochOrder::find_stretches() {
  std::int64_t round = 0;
  std::int64_t position = 0;
  for (;;) {
    Stretch stretch{position, round, {}};
    std::int64_t shortest = 0;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      const std::int64_t length = lanes_[i].ends.empty() ? 0 : lanes_[i].ends.back();
      if (length <= round) continue;
      shortest = stretch.lanes.empty() ? length : std::min(shortest, length);
      stretch.lanes.push_back(static_cast<std::int64_t>(i));
    }
    if (stretch.lanes.empty()) return;
    position += (shortest - round) * static_cast<std::int64_t>(stretch.lanes.size());
    round = shortest;
    stretches_.push_back(std::move(stretch));
  }
}

EpochPlace EpochOrder::at(std::int64_t position) const {
  SHOWERGAN_EXPECT(position >= 0 && position < size_);
  const auto after = std::upper_bound(
      stretches_.begin(), stretches_.end(), position,
      [](std::int64_t place, const Stretch& stretch) { return place < stretch.position; });
  const Stretch& stretch = *std::prev(after);
  const std::int64_t offset = position - stretch.position;
  const auto width = static_cast<std::int64_t>(stretch.lanes.size());
  const std::int64_t index = stretch.lanes[static_cast<std::size_t>(offset % width)];
  const Lane& lane = lanes_[static_cast<std::size_t>(index)];
  const std::int64_t round = stretch.round + offset / width;
  const auto end = std::upper_bound(lane.ends.begin(), lane.ends.end(), round);
  const std::int64_t begin = end == lane.ends.begin() ? 0 : *std::prev(end);
  return {index, lane.shards[static_cast<std::size_t>(end - lane.ends.begin())], round - begin};
}

std::vector<std::int64_t> EpochOrder::row_order(std::int64_t shard) const {
  const CounterRandom random(seed_, RandomPurpose::shuffle, row_stream);
  const std::uint64_t index =
      static_cast<std::uint64_t>(epoch_) * counts_.size() + static_cast<std::uint64_t>(shard);
  return permutation(random, index, counts_[static_cast<std::size_t>(shard)]);
}

}  // namespace showergan
