#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "shower/shower_batch.hpp"

namespace showergan {

struct TrainingDataOptions {
  /// Any number of files with the same grid, layout and angles.
  std::vector<std::filesystem::path> files;
  std::uint64_t seed = 1;
  double validation = 0.1;   ///< part of the showers that is never trained on, [0, 1)
  std::int64_t batch = 128;  ///< showers in a batch, of all ranks together
  std::int64_t rank = 0;     ///< this process, [0, ranks)
  std::int64_t ranks = 1;    ///< processes that train together
  double least_sum = 0;      ///< GeV; showers whose sum of cells is below it are left out; 0: none
  float threshold = 0;       ///< GeV; a cell below it becomes 0 …
  float scale = 1;           ///< … and then every cell (scale · cell)^power
  float power = 1;
  bool symmetries = false;  ///< turn and mirror each shower at random (SquareSymmetry)
  std::int64_t memory = std::int64_t{512} << 20;  ///< bytes; bound on the decoded shards held
  int threads = 1;                                ///< that decompress
  bool quiet = true;  ///< no progress on standard error while sums are looked at
};

/// What one rank trains on in one step.
struct TrainingBatch {
  /// This rank's part, cells transformed as the options say. May be empty.
  ShowerBatch showers;
  /// Number of each shower in the training: epoch · size() + its place in the epoch's order. Unique
  /// over the whole training and the same whatever the number of ranks.
  std::vector<std::uint64_t> index;
  std::int64_t epoch = 0;
  std::int64_t number = 0;  ///< of the batch within the epoch
  std::int64_t global_size =
      0;  ///< showers of all ranks; the last batch of an epoch may have fewer
};

/// An endless, shuffled stream of training batches from files of any size.
///
/// Each file is cut into shards, the rows of one chunk of the file (or of about 4 MiB where the
/// file has no chunks). A hash of (seed, row over all files) decides whether a shower is for
/// training or validation. In each epoch the shards are permuted and dealt to lanes, the training
/// rows of each shard are permuted, and the order takes one shower from each lane in turn. So the
/// order is a function of seed, epoch, files, `least_sum` with `threshold`, and `memory` (which
/// limits the number of lanes, at most 64), and of nothing else. Batch b of an epoch is places [b ·
/// batch, (b + 1) · batch); rank r gets those whose lane is r modulo `ranks`, so that ranks decode
/// different shards, and over all ranks every training shower comes exactly once per epoch.
///
/// With `least_sum` the constructor reads all showers once, a shard per thread in memory, and keeps
/// a bit for each. Showers that are left out are in neither part; the parts of the others are those
/// without `least_sum`. The sum is that of the cells after `threshold`.
///
/// A background thread keeps two batches ready. Decoded shards stay in memory while they are
/// needed, and longer where `memory` allows. For use by one thread; other threads may use HDF5
/// through this module meanwhile.
///
/// Errors are InputError: from the constructor for options and files that do not fit, from next()
/// and validation(), and with `least_sum` from the constructor, for showers that cannot be read or
/// are not physical (see ShowerReader). The constructor throws Error if the user interrupts it.
class TrainingData {
 public:
  explicit TrainingData(const TrainingDataOptions& options);
  ~TrainingData();
  TrainingData(const TrainingData&) = delete;
  TrainingData& operator=(const TrainingData&) = delete;

  std::int64_t size() const noexcept;             ///< showers trained on, at least 1
  std::int64_t validation_size() const noexcept;  ///< showers to validate with, 0 or more
  std::int64_t left_out() const noexcept;         ///< showers below `least_sum`
  Grid grid() const noexcept;
  bool has_theta() const noexcept;
  bool has_phi() const noexcept;
  std::int64_t batches_per_epoch() const noexcept;  ///< the last, partial one included
  /// CRC-32 of all primary energies in the order of the files: tells sets of showers apart.
  std::uint32_t fingerprint() const noexcept;
  /// The least and the largest primary energy, GeV.
  std::pair<float, float> energy_range() const noexcept;

  /// Makes next() give that batch, as if everything before it had been read. `batch` is below
  /// batches_per_epoch(). Also ends the state of error that next() has left behind.
  void seek(std::int64_t epoch, std::int64_t batch);

  /// The next batch; after the last of an epoch follows the first of the next epoch. After an error
  /// every call throws it again.
  TrainingBatch next();

  /// Seconds that next() has waited for input, in all.
  double waited() const noexcept;

  /// Validation showers [first, first + count) in the order of the files: GeV, the threshold
  /// applied, otherwise as they are.
  ShowerBatch validation(std::int64_t first, std::int64_t count) const;

  /// Most bytes that reading may hold: decoded shards (at most `memory`), three batches, what a
  /// shard per thread needs while it is decoded, and a bit per shower with `least_sum`. The batch
  /// that next() has returned is the caller's, and so is what validation() returns.
  std::int64_t memory_bound() const noexcept;

  /// Most bytes that decoded shards have taken so far.
  std::int64_t memory_peak() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace showergan
