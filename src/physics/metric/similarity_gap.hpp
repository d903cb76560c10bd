#pragma once

#include <optional>
#include <vector>

#include "physics/metric/metric_result.hpp"
#include "physics/metric/similarity_pairs.hpp"
#include "physics/shower_set.hpp"

namespace showergan::physics {

/// Which images are compared: triples of the reference, and to each a shower of the candidate.
struct SimilarityPlan {
  std::vector<ReferenceTriple> triples;
  std::vector<std::optional<std::int64_t>> candidates;  ///< one per triple
};

/// How much less a shower of the reference is like the candidate's than like another of the
/// reference (METRICS: `ssim_gap`): mean over the triples of SSIM(shower, partner) − SSIM(shower,
/// candidate), with the largest cell of the reference as range. The floor is the absolute mean with
/// the triple's other shower in the place of the candidate; the uncertainty is that of the mean,
/// bootstrapped over triples. A candidate of averaged showers has a negative gap. The sets must
/// have kept the images of the plan. Does not depend on `threads`.
MetricResult similarity_gap(const ShowerSet& reference, const ShowerSet& candidate,
                            const SimilarityPlan& plan, int threads);

}  // namespace showergan::physics
