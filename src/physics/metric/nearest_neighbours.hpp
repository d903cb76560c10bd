#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "physics/feature_matrix.hpp"

namespace showergan::physics {

/// Writes the squared distances of row `i` to all rows of the other side.
using DistanceRow = std::function<void(std::size_t i, std::span<double> distances)>;

/// Those from the rows of `from` to the rows of `to`, computed as they are asked for. Both must
/// outlive it.
DistanceRow rows_to(const FeatureMatrix& from, const FeatureMatrix& to);

/// Where the distances between showers come from: features, or a table of them.
struct Distances {
  std::size_t references = 0;
  std::size_t candidates = 0;
  DistanceRow among_references;  ///< (references) from reference i
  DistanceRow among_candidates;  ///< (candidates) from candidate i
  DistanceRow across;            ///< (candidates) from reference i
};

/// Distances of standardised features, computed as they are asked for. The matrices must outlive
/// it.
Distances distances_of(const FeatureMatrix& reference, const FeatureMatrix& candidate);

/// How well the candidate fills the space of the reference and nothing else (T. Kynkäänniemi et
/// al., arXiv:1904.06991: precision, recall; M. F. Naeem et al., arXiv:2002.09797: density,
/// coverage). Around each shower there is a ball that reaches to its k-th nearest neighbour of its
/// own sample.
struct NeighbourMetrics {
  double precision = 0;  ///< fraction of candidates inside the ball of any reference
  double recall = 0;     ///< fraction of references inside the ball of any candidate
  double density = 0;    ///< balls of references that a candidate is inside, on average, over k
  double coverage = 0;   ///< fraction of balls of references with a candidate inside
};

/// Exact, by all pairs; both samples hold more than `k` showers. Does not depend on `threads`.
NeighbourMetrics neighbour_metrics(const Distances& distances, std::size_t k, int threads);

}  // namespace showergan::physics
