#include "physics/metric/frechet_metric.hpp"

#include <vector>

#include "base/threads.hpp"
#include "physics/metric/feature_result.hpp"
#include "physics/metric/frechet_distance.hpp"
#include "physics/metric/halved_features.hpp"
#include "physics/metric/resampling.hpp"

namespace showergan::physics {
namespace {

constexpr double kThousand = 1000;
constexpr std::uint64_t kDrawSeed = 3;

/// Sums over each group of a half.
using GroupedMoments = std::vector<MomentSums>;

GroupedMoments grouped_moments(const HalvedFeatures& features, HalfName half) {
  const FeatureMatrix& rows = features[half];
  std::vector<std::vector<std::size_t>> members(kGroups);
  const auto groups = random_groups(half, rows.rows(), features.paired);
  for (std::size_t i = 0; i < groups.size(); ++i) members[groups[i]].push_back(i);
  GroupedMoments moments(kGroups, MomentSums(rows.columns()));
  for (std::size_t g = 0; g < kGroups; ++g) moments[g].add(rows, members[g]);
  return moments;
}

MomentSums sum_of(const GroupedMoments& moments, std::span<const std::size_t> groups,
                  std::size_t features) {
  MomentSums sum(features);
  for (const std::size_t group : groups) sum.add(moments[group]);
  return sum;
}

std::optional<double> spread_of_frechet(const HalvedFeatures& features, int threads) {
  std::vector<GroupedMoments> moments(4);
  parallel_for(threads, 4, [&](std::int64_t half, int) {
    moments[static_cast<std::size_t>(half)] =
        grouped_moments(features, static_cast<HalfName>(half));
  });
  const auto drawn = [&](HalfName half, std::uint64_t resampling) {
    return sum_of(moments[static_cast<std::size_t>(half)],
                  half_of_groups(half, resampling, features.paired), features[half].columns());
  };
  return spread_of_resamplings(
      [&](std::uint64_t i) -> std::optional<double> {
        double sum = 0;
        for (std::size_t half = 0; half < 2; ++half) {
          sum += frechet_distance(drawn(kReferences[half], i), drawn(kCandidates[half], i));
        }
        return kThousand * 0.5 * sum;
      },
      threads);
}

}  // namespace

MetricResult frechet_metric(const Halves& halves, bool uncertainty, int threads) {
  return frechet_metric(normalised_features(halves, kFrechetShowers), uncertainty, threads);
}

MetricResult frechet_metric(const HalvedFeatures& features, bool uncertainty, int threads) {
  const auto distance = [&](HalfName a, HalfName b, std::uint64_t seed) {
    return kThousand * frechet_physics_distance(features[a], features[b], seed, threads);
  };
  MetricResult result = feature_result("fpd", features.size());
  result.value = 0.5 * (distance(kReferences[0], kCandidates[0], kDrawSeed) +
                        distance(kReferences[1], kCandidates[1], kDrawSeed + 1));
  result.floor = distance(kReferences[0], kReferences[1], kDrawSeed);
  result.excess = excess_of(result.value, result.floor);
  if (uncertainty) result.uncertainty = spread_of_frechet(features, threads);
  return result;
}

}  // namespace showergan::physics
