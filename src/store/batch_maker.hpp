#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/random.hpp"
#include "store/cell_transform.hpp"
#include "store/epoch_order.hpp"
#include "store/shard_cache.hpp"
#include "store/training_data.hpp"
#include "store/validation_split.hpp"

namespace showergan {

/// Makes the batches of a rank, any of them, fastest one after the other. For use by one thread.
class BatchMaker {
 public:
  /// `counts`: training rows of each shard. `shards` and `split` outlive this.
  BatchMaker(const TrainingDataOptions& options, const ShowerShards& shards,
             const ValidationSplit& split, std::vector<std::int64_t> counts, std::int64_t lanes);

  /// Nothing if `stop` has become true meanwhile. Throws as ShowerShards::load.
  std::optional<TrainingBatch> make(std::int64_t epoch, std::int64_t number,
                                    const std::atomic<bool>& stop);

  const ShardCache& cache() const noexcept { return cache_; }

 private:
  struct Item {
    std::int64_t position = 0;  ///< in the epoch
    EpochPlace place;
  };
  /// What a lane reads from at the moment.
  struct Lane {
    std::int64_t shard = -1;
    ShardCache::Held showers;
    std::vector<std::int64_t> rows;  ///< training rows in their order of this epoch
  };

  void begin_epoch(std::int64_t epoch);
  bool is_mine(const EpochPlace& place) const;
  void load_ahead(std::int64_t position);
  void load(const std::vector<EpochPlace>& wanted);
  void copy(const Item& item, std::size_t to, TrainingBatch& batch) const;

  TrainingDataOptions options_;
  const ShowerShards& shards_;
  const ValidationSplit& split_;
  std::vector<std::int64_t> counts_;
  CellTransform transform_;
  CounterRandom symmetry_;
  ShardCache cache_;
  std::int64_t epoch_ = -1;
  std::unique_ptr<const EpochOrder> order_;
  std::vector<Lane> lanes_;
};

}  // namespace showergan
