#include "physics/calochallenge/distance_metrics.hpp"

#include <algorithm>

#include "physics/calochallenge/protocol_features.hpp"
#include "physics/metric/feature_result.hpp"
#include "physics/metric/frechet_metric.hpp"
#include "physics/metric/kernel_metric.hpp"
#include "physics/row_order.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kLeastShowers = 100;

std::int64_t half_size(const ComparedVoxels& sets) {
  return std::min(sets.reference.size(), sets.candidate.size()) / 2;
}

/// Features of halves of equal size, of `most` showers each at most.
HalvedFeatures halved_features(const ComparedVoxels& sets, std::int64_t most) {
  const std::int64_t size = std::min(sets.reference.size(), sets.candidate.size());
  const auto [r1, r2] = dealt(thinned(sets.reference_rows, size));
  const auto [c1, c2] = dealt(thinned(sets.candidate_rows, size));
  return normalised({{protocol_features(sets.reference, thinned(r1, most)),
                      protocol_features(sets.reference, thinned(r2, most)),
                      protocol_features(sets.candidate, thinned(c1, most)),
                      protocol_features(sets.candidate, thinned(c2, most))},
                     sets.paired()});
}

}  // namespace

std::vector<MetricResult> distance_metrics(const ComparedVoxels& sets, bool uncertainties,
                                           int threads) {
  if (half_size(sets) < kLeastShowers) {
    std::vector<MetricResult> results;
    for (const char* name : {"fpd", "kpd"}) {
      results.push_back(feature_result(name, static_cast<std::size_t>(half_size(sets))));
      results.back().reason = "fewer than 100 showers in a half of the sets";
    }
    return results;
  }
  return {frechet_metric(halved_features(sets, kFrechetShowers), uncertainties, threads),
          kernel_metric(halved_features(sets, kKernelShowers), uncertainties, threads)};
}

}  // namespace showergan::physics
