#include "physics/metric/kernel_metric.hpp"

#include <algorithm>

#include "physics/metric/feature_result.hpp"
#include "physics/metric/halved_features.hpp"
#include "physics/metric/kernel_distance.hpp"
#include "physics/metric/resampling.hpp"

namespace showergan::physics {
namespace {

constexpr double kThousand = 1000;

}  // namespace

MetricResult kernel_metric(const Halves& halves, bool uncertainty, int threads) {
  return kernel_metric(normalised_features(halves, kKernelShowers), uncertainty, threads);
}

MetricResult kernel_metric(const HalvedFeatures& features, bool uncertainty, int threads) {
  const auto sums = [&](HalfName a, HalfName b) {
    return KernelSums(features[a], random_groups(a, features[a].rows(), features.paired),
                      features[b], random_groups(b, features[b].rows(), features.paired), kGroups,
                      threads);
  };
  const KernelSums pairs[] = {sums(kReferences[0], kCandidates[0]),
                              sums(kReferences[1], kCandidates[1])};
  MetricResult result = feature_result("kpd", features.size());
  result.value = kThousand * 0.5 * (pairs[0].distance() + pairs[1].distance());
  result.floor = kThousand * sums(kReferences[0], kReferences[1]).distance();
  // An unbiased estimate is negative half of the time where there is nothing to find.
  result.excess = excess_of(std::max(0.0, *result.value), std::max(0.0, *result.floor));
  if (!uncertainty) return result;
  result.uncertainty = spread_of_resamplings(
      [&](std::uint64_t i) -> std::optional<double> {
        double sum = 0;
        for (std::size_t half = 0; half < 2; ++half) {
          sum += pairs[half].distance(half_of_groups(kReferences[half], i, features.paired),
                                      half_of_groups(kCandidates[half], i, features.paired));
        }
        return kThousand * 0.5 * sum;
      },
      threads);
  return result;
}

}  // namespace showergan::physics
