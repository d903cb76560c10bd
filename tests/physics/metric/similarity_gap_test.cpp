#include "physics/metric/similarity_gap.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

/// Showers on an 11 x 11 x 12 grid: a blob whose cells fluctuate by `noise`, lognormally.
ShowerBatch blobs(std::uint64_t seed, double noise) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  ShowerBatch batch;
  batch.grid = {11, 11, 12};
  batch.energy = test::toy_energies(4, 300);
  for (const float energy : batch.energy) {
    for (int x = 0; x < 11; ++x) {
      for (int y = 0; y < 11; ++y) {
        for (int z = 0; z < 12; ++z) {
          const double r2 = (x - 5) * (x - 5) + (y - 5) * (y - 5) + (z - 6) * (z - 6);
          batch.cells.push_back(
              static_cast<float>(1e-3 * energy * std::exp(-0.1 * r2 + noise * normal(random))));
        }
      }
    }
  }
  return batch;
}

ShowerSet kept(const ShowerBatch& batch, const std::vector<std::int64_t>& rows) {
  ShowerSet set(unit_geometry(batch.grid));
  set.keep_images(rows);
  set.append(batch, 2);
  return set;
}

MetricResult gap(const ShowerBatch& reference, const ShowerBatch& candidate, int threads = 2) {
  const std::vector<double> a(reference.energy.begin(), reference.energy.end());
  const std::vector<double> b(candidate.energy.begin(), candidate.energy.end());
  SimilarityPlan plan;
  plan.triples = choose_triples(a, 200);
  plan.candidates = choose_candidates(plan.triples, a, b);
  return similarity_gap(similarities_of(kept(reference, rows_of(plan.triples)),
                                        kept(candidate, rows_of(plan.candidates)), plan, threads),
                        threads);
}

TEST(SimilarityGap, IsZeroWithinItsErrorForShowersOfOneKind) {
  const MetricResult result = gap(blobs(1, 0.5), blobs(2, 0.5));
  ASSERT_TRUE(result.value && result.uncertainty && result.floor && result.excess);
  EXPECT_GT(*result.uncertainty, 0);
  EXPECT_LT(std::abs(*result.value), 4 * *result.uncertainty);
  EXPECT_LT(*result.floor, 4 * *result.uncertainty);
  EXPECT_GT(result.showers, 150);
}

TEST(SimilarityGap, NoisierShowersHaveAGapAndAveragedOnesANegativeOne) {
  const MetricResult noisy = gap(blobs(1, 0.5), blobs(2, 1.0));
  EXPECT_GT(*noisy.value, 5 * *noisy.uncertainty);
  EXPECT_GT(*noisy.excess, 0);
  const MetricResult smooth = gap(blobs(1, 0.5), blobs(2, 0.0));
  EXPECT_LT(*smooth.value, -5 * *smooth.uncertainty);
}

TEST(SimilarityGap, DoesNotDependOnTheThreads) {
  EXPECT_EQ(gap(blobs(1, 0.5), blobs(2, 0.5), 1).value, gap(blobs(1, 0.5), blobs(2, 0.5), 3).value);
}

TEST(SimilarityGap, SaysWhyThereIsNone) {
  const ShowerBatch small = test::toy_showers(1, test::toy_energies(1, 100));
  EXPECT_EQ(gap(small, small).reason,
            "the grid has fewer than 11 cells along an axis, the size of the window");
  ShowerBatch alone = blobs(1, 0.5);
  alone.energy.resize(1);
  alone.cells.resize(static_cast<std::size_t>(alone.grid.cells()));
  EXPECT_EQ(gap(alone, alone).reason, "too few showers of equal energy");
  ShowerBatch empty = blobs(1, 0.5);
  std::ranges::fill(empty.cells, 0.0F);
  EXPECT_EQ(gap(empty, empty).reason, "the reference holds empty showers only");
}

}  // namespace
}  // namespace showergan::physics
