#include "physics/metric/memorisation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "showergan/error.hpp"

#include "base/threads.hpp"
#include "physics/high_level_features.hpp"
#include "physics/metric/feature_result.hpp"
#include "physics/metric/resampling.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kQueries = 2000;
constexpr std::int64_t kBlock = 2048;  // training showers whose features are held at a time

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return quantile_of_sorted(values, 0.5);
}

/// Some of the training showers: rows [first, first + kBlock).
Sample block_of(const ShowerSet& training, std::int64_t first) {
  std::vector<std::int64_t> rows(
      static_cast<std::size_t>(std::min(kBlock, training.size() - first)));
  std::iota(rows.begin(), rows.end(), first);
  return {training, std::move(rows)};
}

/// Distance of each row to the nearest training shower; `scale` divides the features of those.
std::vector<double> nearest_distances(const FeatureMatrix& features, const ShowerSet& training,
                                      std::span<const double> scale, int threads) {
  std::vector<double> nearest(features.rows(), std::numeric_limits<double>::infinity());
  for (std::int64_t first = 0; first < training.size(); first += kBlock) {
    const FeatureMatrix block = divided(high_level_features(block_of(training, first)), scale);
    parallel_for(threads, static_cast<std::int64_t>(features.rows()), [&](std::int64_t row, int) {
      const auto i = static_cast<std::size_t>(row);
      for (std::size_t j = 0; j < block.rows(); ++j) {
        nearest[i] =
            std::min(nearest[i], squared_distance(features.padded_row(i), block.padded_row(j)));
      }
    });
  }
  for (double& distance : nearest) distance = std::sqrt(distance);
  return nearest;
}

std::vector<double> drawn(std::span<const double> values, std::uint64_t stream) {
  std::vector<double> result;
  for (const std::size_t i :
       draw_with_replacement(kResamplingSeed, stream, values.size(), values.size())) {
    result.push_back(values[i]);
  }
  return result;
}

/// Every second distance, from `first` on.
std::vector<double> every_second(std::span<const double> distances, std::size_t first) {
  std::vector<double> result;
  for (std::size_t i = first; i < distances.size(); i += 2) result.push_back(distances[i]);
  return result;
}

}  // namespace

MetricResult memorisation(const Sample& reference, const Sample& candidate,
                          const ShowerSet& training, int threads) {
  if (training.geometry() != reference.set().geometry()) {
    throw InputError("the training showers have another grid or detector than the reference", "",
                     "give the showers that the model was trained on");
  }
  const FeatureMatrix held_out = high_level_features(thin(reference, kQueries));
  const FeatureMatrix queries = high_level_features(thin(candidate, kQueries));
  const std::vector<double> scale = standard_deviations(held_out);
  const auto of_reference = nearest_distances(divided(held_out, scale), training, scale, threads);
  const auto of_candidate = nearest_distances(divided(queries, scale), training, scale, threads);
  MetricResult result = feature_result("memorisation", std::min(held_out.rows(), queries.rows()));
  result.ideal = 1;
  const auto first = every_second(of_reference, 0);
  const auto second = every_second(of_reference, 1);
  if (second.empty()) {
    result.reason = "the reference holds a single shower";
    return result;
  }
  if (median(second) <= 0 || median(of_reference) <= 0) {
    result.reason = "the reference is part of the training showers";
    return result;
  }
  result.value = median(of_candidate) / median(of_reference);
  result.floor = median(first) / median(second);
  result.uncertainty = spread_of_resamplings(
      [&](std::uint64_t i) -> std::optional<double> {
        const double below = median(drawn(of_reference, 2 * i));
        if (below <= 0) return std::nullopt;
        return median(drawn(of_candidate, 2 * i + 1)) / below;
      },
      threads);
  return result;
}

}  // namespace showergan::physics
