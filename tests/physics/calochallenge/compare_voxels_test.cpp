#include "physics/calochallenge/compare_voxels.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "physics/calochallenge/synthetic_voxels.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

const MetricResult& named(const ComparisonResult& result, const std::string& name) {
  return *std::ranges::find(result.metrics, name, &MetricResult::name);
}

class CompareVoxels : public testing::Test {
 protected:
  VoxelSet set(std::uint64_t seed, std::uint64_t energies, double distortion,
               std::uint64_t count = 600) const {
    return test::measured_voxels(test::synthetic_voxels(seed, count, energies, distortion), batch_);
  }
  const ShowerBatch batch_ = test::synthetic_voxels(1, 600, 1, 0);
  const VoxelSet reference_ = set(1, 1, 0);
};

TEST_F(CompareVoxels, ASetAgainstItselfIsEqual) {
  const ComparisonResult result = compare_voxels(reference_, reference_, {.threads = 2});
  for (const MetricResult& metric : result.metrics) EXPECT_EQ(metric.value, 0) << metric.name;
  EXPECT_EQ(result.spectra.verdict, EnergySpectra::same);
}

TEST_F(CompareVoxels, ADistortionIsSeenAboveTheFloor) {
  const ComparisonResult good = compare_voxels(reference_, set(2, 1, 0), {.threads = 2});
  const ComparisonResult bad = compare_voxels(reference_, set(2, 1, 2), {.threads = 2});
  for (const char* name : {"separation_power_e_layer", "separation_power_centre_r",
                           "separation_power[e_voxel]", "separation_power_mean"}) {
    EXPECT_LT(*named(good, name).value, 2 * *named(good, name).floor) << name;
    EXPECT_GT(*named(bad, name).value, 2 * *named(good, name).value) << name;
  }
}

TEST_F(CompareVoxels, SingleLayersAreDetailsAndGroupsTheirMeans) {
  const ComparisonResult result = compare_voxels(reference_, set(2, 1, 0.3), {.threads = 1});
  double sum = 0;
  for (const int id : {0, 1, 2, 12}) {
    const MetricResult& layer =
        named(result, "separation_power[e_layer_" + std::to_string(id) + "]");
    EXPECT_TRUE(layer.detail);
    sum += *layer.value;
  }
  EXPECT_FALSE(named(result, "separation_power_e_layer").detail);
  EXPECT_NEAR(*named(result, "separation_power_e_layer").value, sum / 4, 1e-12);
}

TEST_F(CompareVoxels, NothingDependsOnTheThreads) {
  const VoxelSet candidate = set(2, 1, 0.3);
  const CompareVoxelsOptions one = {.threads = 1, .uncertainties = true, .distances = true};
  const CompareVoxelsOptions three = {.threads = 3, .uncertainties = true, .distances = true};
  const ComparisonResult a = compare_voxels(reference_, candidate, one);
  const ComparisonResult b = compare_voxels(reference_, candidate, three);
  ASSERT_EQ(a.metrics.size(), b.metrics.size());
  for (std::size_t i = 0; i < a.metrics.size(); ++i) {
    EXPECT_EQ(a.metrics[i].name, b.metrics[i].name);
    EXPECT_EQ(a.metrics[i].value, b.metrics[i].value) << a.metrics[i].name;
    EXPECT_EQ(a.metrics[i].uncertainty, b.metrics[i].uncertainty) << a.metrics[i].name;
    EXPECT_TRUE(a.metrics[i].uncertainty.has_value()) << a.metrics[i].name;
  }
}

TEST_F(CompareVoxels, OtherEnergiesLeaveNoValue) {
  ShowerBatch low = test::synthetic_voxels(2, 600, 1, 0);
  for (float& energy : low.energy) energy *= 0.5f;
  const ComparisonResult result =
      compare_voxels(reference_, test::measured_voxels(low, batch_), {.threads = 2});
  EXPECT_EQ(result.spectra.verdict, EnergySpectra::different);
  for (const MetricResult& metric : result.metrics) {
    EXPECT_FALSE(metric.value) << metric.name;
    EXPECT_NE(metric.reason.find("energy spectra differ"), std::string::npos);
  }
}

TEST_F(CompareVoxels, WarnsOfShowersOutsideTheHistograms) {
  ShowerBatch hot = test::synthetic_voxels(2, 600, 1, 0);
  for (float& cell : hot.cells) cell *= 30;
  const ComparisonResult result =
      compare_voxels(reference_, test::measured_voxels(hot, batch_), {.threads = 2});
  const bool warned = std::ranges::any_of(result.warnings, [](const std::string& warning) {
    return warning.find("outside the range") != std::string::npos;
  });
  EXPECT_TRUE(warned);
}

TEST_F(CompareVoxels, WantsTheSameVoxels) {
  Binning other = test::irregular_binning();
  other.layers[1].r_edges[1] = 2.5;
  VoxelSet set(other, protocol_of(other), {1, 2});
  set.append(batch_, 1);
  const std::string text =
      test::input_error([&] { compare_voxels(reference_, set, {.threads = 1}); });
  EXPECT_NE(text.find("different binnings"), std::string::npos) << text;
  const VoxelSet none(test::irregular_binning(), protocol_of(other), {1, 2});
  EXPECT_NE(test::input_error([&] {
              compare_voxels(reference_, none, {});
            }).find("the candidate holds no showers"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::physics
