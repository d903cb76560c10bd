#include "physics/metric/neighbour_results.hpp"

#include <array>
#include <cmath>

#include "base/threads.hpp"
#include "physics/metric/distance_table.hpp"
#include "physics/metric/feature_result.hpp"
#include "physics/metric/halved_features.hpp"
#include "physics/metric/nearest_neighbours.hpp"
#include "physics/metric/resampling.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kNeighbours = 5;
constexpr std::int64_t kMostShowers = 5'000;
constexpr std::int64_t kPool = 1'000;  // of which samples are drawn

/// Precision, recall, density, coverage.
using NeighbourNumbers = std::array<double, 4>;

NeighbourNumbers numbers_of(const NeighbourMetrics& metrics) {
  return {metrics.precision, metrics.recall, metrics.density, metrics.coverage};
}

NeighbourNumbers neighbours_between(const FeatureMatrix& a, const FeatureMatrix& b, int threads) {
  return numbers_of(neighbour_metrics(distances_of(a, b), kNeighbours, threads));
}

/// The neighbours of one pair of halves, resampled from tables of their distances.
class NeighbourPool {
 public:
  NeighbourPool(const FeatureMatrix& reference, const FeatureMatrix& candidate, int threads)
      : references_(reference, reference, threads),
        candidates_(candidate, candidate, threads),
        across_(reference, candidate, threads) {}

  NeighbourNumbers numbers(const std::vector<std::size_t>& references,
                           const std::vector<std::size_t>& candidates) const {
    const Distances distances = {
        references.size(), candidates.size(), references_.between(references, references),
        candidates_.between(candidates, candidates), across_.between(references, candidates)};
    return numbers_of(neighbour_metrics(distances, kNeighbours, 1));
  }

 private:
  DistanceTable references_;
  DistanceTable candidates_;
  DistanceTable across_;
};

/// Spreads of the four numbers, for samples of `size` showers.
NeighbourNumbers spread_of_neighbours(const HalvedFeatures& pool, double size, int threads) {
  const NeighbourPool pools[] = {{pool[kReferences[0]], pool[kCandidates[0]], threads},
                                 {pool[kReferences[1]], pool[kCandidates[1]], threads}};
  const std::size_t rows = pool.size();
  std::array<std::vector<double>, 4> values;
  values.fill(std::vector<double>(kResamplings));
  parallel_for(threads, kResamplings, [&](std::int64_t task, int) {
    const auto resampling = static_cast<std::uint64_t>(task);
    const auto drawn = [&](HalfName half) {
      return draw_without_replacement(kResamplingSeed, stream_of(half, resampling, pool.paired),
                                      rows, rows / 2);
    };
    for (std::size_t half = 0; half < 2; ++half) {
      const NeighbourNumbers numbers =
          pools[half].numbers(drawn(kReferences[half]), drawn(kCandidates[half]));
      for (std::size_t k = 0; k < 4; ++k) {
        values[k][static_cast<std::size_t>(task)] += 0.5 * numbers[k];
      }
    }
  });
  const auto available = static_cast<double>(rows);
  const double scale = subsampling_scale(std::floor(available / 2), available, size);
  NeighbourNumbers spreads = {};
  for (std::size_t k = 0; k < 4; ++k) spreads[k] = scale * standard_deviation(values[k]);
  return spreads;
}

}  // namespace

std::vector<MetricResult> neighbour_results(const Halves& halves, bool uncertainties, int threads) {
  const HalvedFeatures features = standardised_features(halves, kMostShowers);
  const NeighbourNumbers first =
      neighbours_between(features[kReferences[0]], features[kCandidates[0]], threads);
  const NeighbourNumbers second =
      neighbours_between(features[kReferences[1]], features[kCandidates[1]], threads);
  const NeighbourNumbers floor =
      neighbours_between(features[kReferences[0]], features[kReferences[1]], threads);
  NeighbourNumbers spreads = {};
  if (uncertainties) {
    const HalvedFeatures pool = standardised_features(halves, kPool);
    spreads = spread_of_neighbours(pool, static_cast<double>(features.size()), threads);
  }
  std::vector<MetricResult> results;
  for (const char* name : {"precision", "recall", "density", "coverage"}) {
    const std::size_t k = results.size();
    MetricResult result = feature_result(name, features.size());
    result.ideal = 1;
    result.value = 0.5 * (first[k] + second[k]);
    result.floor = floor[k];
    if (uncertainties) result.uncertainty = spreads[k];
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace showergan::physics
