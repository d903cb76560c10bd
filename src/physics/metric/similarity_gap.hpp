#pragma once

#include <optional>
#include <string>
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

/// Structural similarities of a plan, one of each kind for every triple that has a candidate.
struct Similarities {
  std::vector<double> energy;     ///< GeV, of the triple's shower
  std::vector<double> partner;    ///< of the shower and its partner, both of the reference
  std::vector<double> other;      ///< of the shower and the triple's third, of the reference, too
  std::vector<double> candidate;  ///< of the shower and the candidate's
  std::string reason;             ///< why there are none; empty if there are some
};

/// With the largest cell of the reference as range. The sets must have kept the images of the plan.
/// Does not depend on `threads`.
Similarities similarities_of(const ShowerSet& reference, const ShowerSet& candidate,
                             const SimilarityPlan& plan, int threads);

/// How much less a shower of the reference is like the candidate's than like another of the
/// reference (METRICS: `ssim_gap`): mean over the triples of SSIM(shower, partner) − SSIM(shower,
/// candidate). The floor is the absolute mean with the triple's other shower in the place of the
/// candidate; the uncertainty is that of the mean, bootstrapped over triples. A candidate of
/// averaged showers has a negative gap.
MetricResult similarity_gap(const Similarities& similarities, int threads);

}  // namespace showergan::physics
