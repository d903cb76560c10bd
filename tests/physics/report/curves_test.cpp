#include "physics/report/curves.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "base/units.hpp"
#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

ShowerSet two_showers() {
  ShowerBatch batch;
  batch.grid = {1, 1, 2};
  test::add_shower(batch, 10, {{0, 0, 0, 0.001f}, {0, 0, 1, 0.002f}});
  test::add_shower(batch, 10, {{0, 0, 0, 0.003f}});
  return test::measured(batch);
}

TEST(Curves, ProfileHasTheErrorOfTheMean) {
  const ShowerSet set = two_showers();
  const Curve curve = profile_curve(Sample(set), Profile::slice_z, 1 / units::MeV);
  ASSERT_EQ(curve.x.size(), 2u);
  EXPECT_NEAR(curve.y[0], 2, 1e-6);
  EXPECT_NEAR(curve.y[1], 1, 1e-6);
  EXPECT_NEAR(curve.error[0], 1 / std::sqrt(2), 1e-6);
}

TEST(Curves, SpreadIsTheStandardDeviationOverShowers) {
  const ShowerSet set = two_showers();
  const Curve curve = profile_spread_curve(Sample(set), Profile::slice_z);
  EXPECT_NEAR(curve.y[0], 0.001, 1e-9);  // of 1 and 3 MeV
  EXPECT_NEAR(curve.error[0], 0.0005, 1e-9);
}

TEST(Curves, EnergyLeavesOutBinsOfLessThanTwo) {
  const ShowerSet set = two_showers();
  const EnergyBins bins(std::vector<double>{10, 110});
  const Curve curve = energy_curve(Sample(set), Observable::sampling_fraction, bins, 100);
  ASSERT_EQ(curve.x.size(), 1u);
  EXPECT_DOUBLE_EQ(curve.x[0], 15);
  EXPECT_NEAR(curve.y[0], 0.03, 1e-8);
}

TEST(Curves, ResolutionIsThatOfTheMetric) {
  // Responses 1 to 2 per cent of 50 GeV, uniform: σ68 is 34 % of the width, the mean 1.5 %.
  ShowerBatch batch;
  batch.grid = {1, 1, 2};
  for (int i = 0; i <= 100; ++i) {
    test::add_shower(batch, 50, {{0, 0, 0, 0.5f + 0.005f * static_cast<float>(i)}});
  }
  const ShowerSet set = test::measured(batch);
  const Sample sample(set);
  const Curve curve = resolution_curve(sample, sample, EnergyBins(set.energy()));
  ASSERT_EQ(curve.y.size(), 1u);
  EXPECT_NEAR(curve.x[0], 50, 1e-3);
  EXPECT_NEAR(curve.y[0], 100 * 0.34 / 1.5, 1e-3);
  EXPECT_NEAR(curve.error[0], 0.96 * curve.y[0] / std::sqrt(101), 1e-6);
}

TEST(Curves, SpectrumIsPerShower) {
  const ShowerSet set = two_showers();
  const Curve curve = spectrum_curve(Sample(set), Spectrum::wide);
  ASSERT_EQ(curve.x.size(), 30u);
  double sum = 0;
  for (const double y : curve.y) sum += y;
  EXPECT_DOUBLE_EQ(sum, 1.5);
}

TEST(Curves, SparsityCountsCellsAboveTheThreshold) {
  const ShowerSet set = two_showers();
  const Curve curve = sparsity_curve(Sample(set));
  EXPECT_DOUBLE_EQ(curve.x[0], 1e-3);  // MeV
  EXPECT_DOUBLE_EQ(curve.y[0], 75);    // 3 of 4 cells
  EXPECT_NEAR(curve.error[0], 25 / std::sqrt(2), 1e-12);
  EXPECT_LT(curve.x.back(), 3);
  EXPECT_GT(curve.x.back(), 1);
  EXPECT_DOUBLE_EQ(curve.y.back(), 50);  // 2 and 3 MeV
}

TEST(Curves, DistributionsAreOnTheAxisOfTheFirst) {
  std::vector<double> uniform;
  for (int i = 0; i < 1000; ++i) uniform.push_back(i);
  const auto curves = distribution_curves({uniform, {-1e9, 500}, {}});
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[0].x, curves[1].x);
  EXPECT_DOUBLE_EQ(curves[1].y.front(), 50);
  EXPECT_NEAR(curves[1].error.front(), 100 * std::sqrt(0.5 / 2), 1e-12);
  double sum = 0;
  for (const double y : curves[0].y) sum += y;
  EXPECT_NEAR(sum, 100, 1e-9);
  for (const double y : curves[2].y) EXPECT_EQ(y, 0);
}

TEST(Curves, IndicesHaveABinEach) {
  const auto curves = index_curves({{0, 0, 2, 3}}, 4);
  EXPECT_EQ(curves[0].x, (std::vector<double>{0, 1, 2, 3}));
  EXPECT_EQ(curves[0].y, (std::vector<double>{50, 0, 25, 25}));
}

}  // namespace
}  // namespace showergan::physics
