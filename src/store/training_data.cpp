#include "store/training_data.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "store/batch_maker.hpp"
#include "store/batch_queue.hpp"
#include "store/faint_showers.hpp"
#include "store/shower_shards.hpp"
#include "store/validation_split.hpp"

namespace showergan {
namespace {

constexpr std::size_t batches_ready = 2;
constexpr std::int64_t most_lanes = 64;

void check_number(bool good, const std::string& name, double value, const std::string& expected) {
  if (good) return;
  throw InputError(fmt::format("the {} of the training data is {}", name, value), {},
                   "give " + expected);
}

void check_options(const TrainingDataOptions& options) {
  const auto positive = [](double x) { return std::isfinite(x) && x > 0; };
  check_number(options.validation >= 0 && options.validation < 1, "validation part",
               options.validation, "a number from 0 to less than 1");
  check_number(options.batch >= 1, "batch", static_cast<double>(options.batch), "1 or more");
  check_number(std::isfinite(options.threshold) && options.threshold >= 0, "threshold",
               static_cast<double>(options.threshold), "an energy in GeV that is not negative");
  check_number(std::isfinite(options.least_sum) && options.least_sum >= 0, "least sum",
               options.least_sum, "an energy in GeV that is not negative");
  check_number(positive(options.scale), "scale", static_cast<double>(options.scale),
               "a number greater than 0");
  check_number(positive(options.power), "power", static_cast<double>(options.power),
               "a number greater than 0");
  check_number(options.memory >= 1, "memory", static_cast<double>(options.memory), "1 or more");
  SHOWERGAN_EXPECT(options.ranks >= 1 && options.rank >= 0 && options.rank < options.ranks);
  SHOWERGAN_EXPECT(options.threads >= 1);
}

/// The symmetries need a square across the shower, and nothing that tells directions in it apart.
void check_symmetries(const ShowerShards& shards, const std::string& file) {
  const Grid grid = shards.grid();
  if (shards.has_theta() || shards.has_phi()) {
    throw InputError("the symmetries hold only for perpendicular particles",
                     fmt::format("{} has a data set of angles", file), "switch the symmetries off");
  }
  const bool transverse = shards.axes().starts_with("x, y") || shards.axes().starts_with("y, x");
  if (grid.nx == grid.ny && transverse && shards.layout() != ShowerLayout::calochallenge) return;
  throw InputError("the symmetries need as many cells along x as along y",
                   fmt::format("{} has {} x {} x {} cells with the axes {}", file, grid.nx, grid.ny,
                               grid.nz, shards.axes()),
                   "switch the symmetries off");
}

double mebibytes(std::int64_t bytes) {
  return static_cast<double>(bytes) / 0x1p20;
}

/// Lanes of the order; a function of files and memory only.
std::int64_t lanes_for(const ShowerShards& shards, const std::vector<std::int64_t>& counts,
                       std::int64_t memory) {
  const Shard& largest = shards.largest();
  const std::int64_t bytes = shards.bytes(largest.count);
  if (memory < bytes) {
    throw InputError(
        fmt::format("the memory for training data, {:.1f} MiB, is too little", mebibytes(memory)),
        fmt::format("{} stores {} showers together, {:.1f} MiB", shards.path(largest).string(),
                    largest.count, mebibytes(bytes)),
        "allow more, or rewrite the file in smaller chunks with showergan convert");
  }
  const auto used = std::count_if(counts.begin(), counts.end(), [](auto n) { return n > 0; });
  return std::min({most_lanes, static_cast<std::int64_t>(used), memory / bytes});
}

}  // namespace

struct TrainingData::State {
  explicit State(const TrainingDataOptions& wanted)
      : options((check_options(wanted), wanted)),
        shards(wanted.files),
        split(wanted.seed, wanted.validation) {
    if (options.symmetries) check_symmetries(shards, options.files[0].string());
    if (options.least_sum > 0) {
      split.leave_out(faint_showers(shards, options.threshold, options.least_sum, options.threads,
                                    options.quiet));
    }
    count();
    if (size == 0) throw_empty();
    const std::int64_t lanes = lanes_for(shards, counts, options.memory);
    if (options.ranks > lanes) {
      throw InputError(
          fmt::format("{} processes are too many for these showers", options.ranks),
          fmt::format("{} shards are read at a time: {} in the files, {:.1f} MiB of memory", lanes,
                      counts.size(), mebibytes(options.memory)),
          "take fewer processes, more memory, or files in smaller chunks (showergan convert)");
    }
    maker = std::make_unique<BatchMaker>(options, shards, split, counts, lanes);
  }

  [[noreturn]] void throw_empty() const {
    const std::string faint =
        left_out() == 0 ? ""
                        : fmt::format(", {} of them below {:g} GeV", left_out(), options.least_sum);
    throw InputError("no shower is left to train on",
                     fmt::format("{} showers in all{}, a part of {} for validation", shards.size(),
                                 faint, options.validation),
                     left_out() == 0 ? "give more showers or a smaller validation part"
                                     : "give more showers, or a smaller least sum or validation "
                                       "part");
  }

  /// Training and validation showers of each shard.
  void count() {
    validation_ends.push_back(0);
    for (const Shard& shard : shards.shards()) {
      const auto part = [&](bool validation) {
        const auto rows = split.select(shard.first_global, shard.count, validation);
        return static_cast<std::int64_t>(rows.size());
      };
      counts.push_back(part(false));
      size += counts.back();
      validation_ends.push_back(validation_ends.back() + part(true));
    }
  }

  std::int64_t left_out() const { return shards.size() - size - validation_ends.back(); }

  std::int64_t batches() const { return (size + options.batch - 1) / options.batch; }

  void start() {
    queue = std::make_unique<BatchQueue>(batches_ready, [this](const std::atomic<bool>& stop) {
      std::optional<TrainingBatch> batch = maker->make(epoch, number, stop);
      if (++number == batches()) {
        ++epoch;
        number = 0;
      }
      return batch;
    });
  }

  /// Copies those of the validation showers [first, first + count) that are in a shard.
  void copy_validation(std::size_t shard, std::int64_t first, ShowerBatch& out) const {
    const Shard& part = shards.shards()[shard];
    const ShowerBatch in = shards.load(static_cast<std::int64_t>(shard));
    std::int64_t to = validation_ends[shard] - first;
    for (const std::int64_t row : split.select(part.first_global, part.count, true)) {
      if (to >= 0 && to < out.size()) {
        const auto i = static_cast<std::size_t>(to);
        const auto from = static_cast<std::size_t>(row);
        out.energy[i] = in.energy[from];
        if (!in.theta.empty()) out.theta[i] = in.theta[from];
        if (!in.phi.empty()) out.phi[i] = in.phi[from];
        std::ranges::copy(in.shower(row), out.shower(to).begin());
        CellTransform{options.threshold}.apply(out.shower(to));
      }
      ++to;
    }
  }

  TrainingDataOptions options;
  ShowerShards shards;
  ValidationSplit split;
  std::vector<std::int64_t> counts;           ///< training showers of each shard
  std::vector<std::int64_t> validation_ends;  ///< validation showers before each shard, and in all
  std::int64_t size = 0;
  std::unique_ptr<BatchMaker> maker;  ///< used by the queue's thread while there is a queue
  std::int64_t epoch = 0;             ///< of the batch to be made next; as `maker`
  std::int64_t number = 0;            ///< the same within the epoch
  std::unique_ptr<BatchQueue> queue;  ///< after what its thread uses
  double waited = 0;
};

TrainingData::TrainingData(const TrainingDataOptions& options)
    : state_(std::make_unique<State>(options)) {}

TrainingData::~TrainingData() = default;

std::int64_t TrainingData::size() const noexcept {
  return state_->size;
}
std::int64_t TrainingData::validation_size() const noexcept {
  return state_->validation_ends.back();
}
std::int64_t TrainingData::left_out() const noexcept {
  return state_->left_out();
}
Grid TrainingData::grid() const noexcept {
  return state_->shards.grid();
}
bool TrainingData::has_theta() const noexcept {
  return state_->shards.has_theta();
}
bool TrainingData::has_phi() const noexcept {
  return state_->shards.has_phi();
}
std::uint32_t TrainingData::fingerprint() const noexcept {
  return state_->shards.fingerprint();
}

std::pair<float, float> TrainingData::energy_range() const noexcept {
  return state_->shards.energy_range();
}

std::int64_t TrainingData::batches_per_epoch() const noexcept {
  return state_->batches();
}

void TrainingData::seek(std::int64_t epoch, std::int64_t batch) {
  SHOWERGAN_EXPECT(epoch >= 0 && batch >= 0 && batch < batches_per_epoch());
  state_->queue.reset();
  state_->epoch = epoch;
  state_->number = batch;
  state_->start();
}

TrainingBatch TrainingData::next() {
  const auto begin = std::chrono::steady_clock::now();
  if (!state_->queue) state_->start();
  TrainingBatch batch = state_->queue->pop();
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  state_->waited += time.count();
  return batch;
}

double TrainingData::waited() const noexcept {
  return state_->waited;
}

ShowerBatch TrainingData::validation(std::int64_t first, std::int64_t count) const {
  const State& s = *state_;
  SHOWERGAN_EXPECT(first >= 0 && count >= 0 && first + count <= validation_size());
  const auto showers = static_cast<std::size_t>(count);
  ShowerBatch batch;
  batch.grid = s.shards.grid();
  batch.energy.resize(showers);
  batch.cells.resize(showers * static_cast<std::size_t>(batch.grid.cells()));
  if (s.shards.has_theta()) batch.theta.resize(showers);
  if (s.shards.has_phi()) batch.phi.resize(showers);
  std::vector<std::size_t> shards;
  for (std::size_t shard = 0; shard < s.counts.size(); ++shard) {
    const std::int64_t begin = s.validation_ends[shard];
    const std::int64_t end = s.validation_ends[shard + 1];
    if (end > begin && begin < first + count && end > first) shards.push_back(shard);
  }
  parallel_for(s.options.threads, static_cast<std::int64_t>(shards.size()),
               [&](std::int64_t i, int) {
                 s.copy_validation(shards[static_cast<std::size_t>(i)], first, batch);
               });
  return batch;
}

std::int64_t TrainingData::memory_bound() const noexcept {
  const State& s = *state_;
  // Decoding needs the decoded numbers once more and the compressed ones, in both kinds of reading.
  const std::int64_t shard = s.shards.bytes(s.shards.largest().count);
  const auto batches = static_cast<std::int64_t>(batches_ready + 1);
  return s.options.memory + batches * s.shards.bytes(std::min(s.options.batch, s.size)) +
         5 * s.options.threads * shard + (s.options.least_sum > 0 ? s.shards.size() / 8 : 0);
}

std::int64_t TrainingData::memory_peak() const noexcept {
  return state_->maker->cache().peak();
}

}  // namespace showergan
