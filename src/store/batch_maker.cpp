#include "store/batch_maker.hpp"

#include <algorithm>
#include <utility>

#include "store/square_symmetry.hpp"

namespace showergan {

BatchMaker::BatchMaker(const TrainingDataOptions& options, const ShowerShards& shards,
                       const ValidationSplit& split, std::vector<std::int64_t> counts,
                       std::int64_t lanes)
    : options_(options),
      shards_(shards),
      split_(split),
      counts_(std::move(counts)),
      transform_{options.threshold, options.scale, options.power},
      symmetry_(options.seed, RandomPurpose::symmetry),
      cache_(shards, options.memory, options.threads),
      lanes_(static_cast<std::size_t>(lanes)) {}

void BatchMaker::begin_epoch(std::int64_t epoch) {
  if (epoch == epoch_) return;
  order_ = std::make_unique<const EpochOrder>(counts_, static_cast<std::int64_t>(lanes_.size()),
                                              options_.seed, epoch);
  std::fill(lanes_.begin(), lanes_.end(), Lane());
  epoch_ = epoch;
}

bool BatchMaker::is_mine(const EpochPlace& place) const {
  return place.lane % options_.ranks == options_.rank;
}

std::optional<TrainingBatch> BatchMaker::make(std::int64_t epoch, std::int64_t number,
                                              const std::atomic<bool>& stop) {
  begin_epoch(epoch);
  const std::int64_t begin = number * options_.batch;
  const std::int64_t end = std::min(begin + options_.batch, order_->size());
  std::vector<Item> items;
  for (std::int64_t position = begin; position < end; ++position) {
    const EpochPlace place = order_->at(position);
    if (is_mine(place)) items.push_back({position, place});
  }
  TrainingBatch batch;
  batch.epoch = epoch;
  batch.number = number;
  batch.global_size = end - begin;
  batch.index.resize(items.size());
  ShowerBatch& showers = batch.showers;
  showers.grid = shards_.grid();
  showers.energy.resize(items.size());
  showers.cells.resize(items.size() * static_cast<std::size_t>(showers.grid.cells()));
  if (shards_.has_theta()) showers.theta.resize(items.size());
  if (shards_.has_phi()) showers.phi.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (stop) return std::nullopt;
    const EpochPlace& place = items[i].place;
    if (lanes_[static_cast<std::size_t>(place.lane)].shard != place.shard) {
      load_ahead(items[i].position);
    }
    copy(items[i], i, batch);
  }
  return batch;
}

/// Loads the shard of the shower at that position, and at the same time, a shard per thread, those
/// that other lanes need next: lanes tend to come to the end of their shards together.
void BatchMaker::load_ahead(std::int64_t position) {
  std::vector<EpochPlace> wanted;
  std::vector<bool> met(lanes_.size(), false);
  const std::int64_t end =
      std::min(order_->size(), position + static_cast<std::int64_t>(lanes_.size()));
  for (; position < end && wanted.size() < static_cast<std::size_t>(options_.threads); ++position) {
    const EpochPlace place = order_->at(position);
    const auto lane = static_cast<std::size_t>(place.lane);
    if (!is_mine(place) || met[lane]) continue;
    met[lane] = true;
    if (lanes_[lane].shard != place.shard) wanted.push_back(place);
  }
  load(wanted);
}

void BatchMaker::load(const std::vector<EpochPlace>& wanted) {
  std::vector<std::int64_t> shards;
  for (const EpochPlace& place : wanted) {
    lanes_[static_cast<std::size_t>(place.lane)] = Lane();  // frees what it is done with
    shards.push_back(place.shard);
  }
  const std::vector<ShardCache::Held> held = cache_.get(shards);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Shard& shard = shards_.shards()[static_cast<std::size_t>(wanted[i].shard)];
    const auto rows = split_.select(shard.first_global, shard.count, false);
    Lane lane{wanted[i].shard, held[i], order_->row_order(wanted[i].shard)};
    for (std::int64_t& row : lane.rows) row = rows[static_cast<std::size_t>(row)];
    lanes_[static_cast<std::size_t>(wanted[i].lane)] = std::move(lane);
  }
}

void BatchMaker::copy(const Item& item, std::size_t to, TrainingBatch& batch) const {
  const Lane& lane = lanes_[static_cast<std::size_t>(item.place.lane)];
  const std::int64_t from = lane.rows[static_cast<std::size_t>(item.place.nth)];
  const ShowerBatch& source = *lane.showers;
  ShowerBatch& showers = batch.showers;
  const auto row = static_cast<std::size_t>(from);
  batch.index[to] = static_cast<std::uint64_t>(item.position) +
                    static_cast<std::uint64_t>(epoch_) * static_cast<std::uint64_t>(order_->size());
  showers.energy[to] = source.energy[row];
  if (!source.theta.empty()) showers.theta[to] = source.theta[row];
  if (!source.phi.empty()) showers.phi[to] = source.phi[row];
  const std::span<const float> image = source.shower(from);
  const std::span<float> out = showers.shower(static_cast<std::int64_t>(to));
  if (options_.symmetries) {
    apply_symmetry(symmetry_.words(batch.index[to], 0)[0] % square_symmetries, showers.grid, image,
                   out);
  } else {
    std::copy(image.begin(), image.end(), out.begin());
  }
  transform_.apply(out);
}

}  // namespace showergan
