#include "physics/metric/nearest_neighbours.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/contract.hpp"
#include "base/threads.hpp"

namespace showergan::physics {
namespace {

/// Squared distance of each of `size` rows to its k-th nearest neighbour of the same sample.
std::vector<double> ball_sizes(const DistanceRow& among, std::size_t size, std::size_t k,
                               int threads) {
  SHOWERGAN_EXPECT(k < size);
  std::vector<double> radii(size);
  parallel_for(threads, static_cast<std::int64_t>(size), [&](std::int64_t row, int) {
    std::vector<double> distances(size);
    among(static_cast<std::size_t>(row), distances);
    // The row itself, at distance 0, is the first in order.
    std::ranges::nth_element(distances, distances.begin() + static_cast<std::ptrdiff_t>(k));
    radii[static_cast<std::size_t>(row)] = distances[k];
  });
  return radii;
}

/// What one thread has found.
struct Tally {
  explicit Tally(std::size_t candidates) : inside(candidates) {}
  std::vector<char> inside;  ///< candidate is inside the ball of a reference
  std::int64_t memberships = 0;
  std::int64_t recalled = 0;
  std::int64_t covered = 0;
};

}  // namespace

DistanceRow rows_to(const FeatureMatrix& from, const FeatureMatrix& to) {
  return [&from, &to](std::size_t i, std::span<double> distances) {
    for (std::size_t j = 0; j < to.rows(); ++j) {
      distances[j] = squared_distance(from.padded_row(i), to.padded_row(j));
    }
  };
}

Distances distances_of(const FeatureMatrix& reference, const FeatureMatrix& candidate) {
  return {reference.rows(), candidate.rows(), rows_to(reference, reference),
          rows_to(candidate, candidate), rows_to(reference, candidate)};
}

NeighbourMetrics neighbour_metrics(const Distances& distances, std::size_t k, int threads) {
  const std::size_t n = distances.references;
  const std::size_t m = distances.candidates;
  const auto reference = ball_sizes(distances.among_references, n, k, threads);
  const auto candidate = ball_sizes(distances.among_candidates, m, k, threads);
  std::vector<Tally> tallies(static_cast<std::size_t>(threads), Tally(m));
  parallel_for(threads, static_cast<std::int64_t>(n), [&](std::int64_t row, int thread) {
    const auto i = static_cast<std::size_t>(row);
    Tally& tally = tallies[static_cast<std::size_t>(thread)];
    std::vector<double> to(m);
    distances.across(i, to);
    std::int64_t members = 0;
    bool recalled = false;
    for (std::size_t j = 0; j < m; ++j) {
      if (to[j] < reference[i]) {
        tally.inside[j] = 1;
        members += 1;
      }
      recalled = recalled || to[j] < candidate[j];
    }
    tally.memberships += members;
    tally.covered += members > 0 ? 1 : 0;
    tally.recalled += recalled ? 1 : 0;
  });
  Tally all(m);
  for (const Tally& tally : tallies) {
    for (std::size_t j = 0; j < m; ++j) all.inside[j] |= tally.inside[j];
    all.memberships += tally.memberships;
    all.recalled += tally.recalled;
    all.covered += tally.covered;
  }
  const auto references = static_cast<double>(n);
  const auto candidates = static_cast<double>(m);
  return {static_cast<double>(std::ranges::count(all.inside, 1)) / candidates,
          static_cast<double>(all.recalled) / references,
          static_cast<double>(all.memberships) / (static_cast<double>(k) * candidates),
          static_cast<double>(all.covered) / references};
}

}  // namespace showergan::physics
