#include "physics/calochallenge/separation_metrics.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

/// Sums of value and floor of a mean over many observables, between sets of one distribution.
struct Sums {
  double value = 0;
  double floor = 0;
};

Sums sums_of(std::uint64_t reference_showers, std::uint64_t candidate_showers) {
  Sums sums;
  for (std::uint64_t seed = 10; seed < 18; seed += 2) {
    const ShowerBatch batch = test::synthetic_voxels(seed, reference_showers, seed, 0);
    const VoxelSet r = test::measured_voxels(batch, batch);
    const VoxelSet c = test::measured_voxels(
        test::synthetic_voxels(seed + 1, candidate_showers, seed + 1, 0), batch);
    const auto metrics = separation_metrics({r, c}, false, 2);
    const auto found = std::ranges::find(metrics, "separation_power_mean", &MetricResult::name);
    sums.value += *found->value;
    sums.floor += *found->floor;
  }
  return sums;
}

TEST(SeparationMetrics, TheFloorIsWhatEqualSetsGiveAtTheirSizes) {
  const Sums equal = sums_of(600, 600);
  EXPECT_NEAR(equal.value / equal.floor, 1, 0.1);
  const Sums unequal = sums_of(900, 300);
  EXPECT_NEAR(unequal.value / unequal.floor, 1, 0.1);
}

TEST(SeparationMetrics, OnlyLayersAreDetails) {
  const ShowerBatch batch = test::synthetic_voxels(1, 100, 1, 0);
  const VoxelSet set = test::measured_voxels(batch, batch);
  for (const MetricResult& metric : separation_metrics({set, set}, false, 1)) {
    const bool of_a_layer = metric.name.ends_with("_0]") || metric.name.ends_with("_1]") ||
                            metric.name.ends_with("_2]") || metric.name.ends_with("_12]");
    EXPECT_EQ(metric.detail, of_a_layer) << metric.name;
  }
}

}  // namespace
}  // namespace showergan::physics
