#include "store/faint_showers.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "base/threads.hpp"

namespace showergan {
namespace {

/// Shards between two looks at what the user wants, for each thread.
constexpr std::int64_t shards_at_once = 4;

double sum_above(std::span<const float> cells, float threshold) {
  double sum = 0;
  for (const float cell : cells) sum += cell < threshold ? 0.0 : static_cast<double>(cell);
  return sum;
}

/// Rows over all files of the faint showers of a shard.
std::vector<std::int64_t> faint_rows(const ShowerShards& shards, std::int64_t shard,
                                     float threshold, double least_sum) {
  const ShowerBatch showers = shards.load(shard);
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < showers.size(); ++row) {
    if (sum_above(showers.shower(row), threshold) >= least_sum) continue;
    rows.push_back(shards.shards()[static_cast<std::size_t>(shard)].first_global + row);
  }
  return rows;
}

}  // namespace

std::vector<bool> faint_showers(const ShowerShards& shards, float threshold, double least_sum,
                                int threads, bool quiet) {
  std::vector<bool> faint(static_cast<std::size_t>(shards.size()));
  const auto count = static_cast<std::int64_t>(shards.shards().size());
  Progress progress("parts of the showers looked at", count, quiet);
  for (std::int64_t first = 0; first < count; first += shards_at_once * threads) {
    if (interrupted()) throw Error("interrupted while the sums of the cells were looked at");
    const std::int64_t part = std::min(shards_at_once * threads, count - first);
    // Neighbours in a vector<bool> share a byte: each thread notes rows of its own.
    std::vector<std::vector<std::int64_t>> rows(static_cast<std::size_t>(part));
    parallel_for(threads, part, [&](std::int64_t i, int) {
      rows[static_cast<std::size_t>(i)] = faint_rows(shards, first + i, threshold, least_sum);
    });
    for (const std::vector<std::int64_t>& of_shard : rows) {
      for (const std::int64_t row : of_shard) faint[static_cast<std::size_t>(row)] = true;
    }
    progress.update(first + part);
  }
  return faint;
}

}  // namespace showergan
