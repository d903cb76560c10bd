#include "physics/energy_bins.hpp"

#include <gtest/gtest.h>

#include "toy_showers.hpp"

namespace showergan::physics {
namespace {

TEST(EnergyBins, AreTenOfEqualWidthOverTheReference) {
  const EnergyBins bins(std::vector<double>{510, 10, 100});
  ASSERT_EQ(bins.size(), 10u);
  EXPECT_DOUBLE_EQ(bins.low(0), 10);
  EXPECT_DOUBLE_EQ(bins.high(0), 60);
  EXPECT_DOUBLE_EQ(bins.centre(9), 485);
  EXPECT_EQ(bins.index(10), 0u);
  EXPECT_EQ(bins.index(60), 1u);
  EXPECT_EQ(bins.index(510), 9u);
  EXPECT_FALSE(bins.index(9.99));
  EXPECT_FALSE(bins.index(510.01));
}

TEST(EnergyBins, OfOneEnergyAreOneBin) {
  const EnergyBins bins(std::vector<double>{50, 50 * (1 + 1e-7)});
  ASSERT_EQ(bins.size(), 1u);
  EXPECT_EQ(bins.index(50), 0u);
  EXPECT_FALSE(bins.index(50.1));
}

TEST(EnergyBins, SplitASample) {
  ShowerBatch batch;
  batch.grid = {1, 1, 1};
  for (const float energy : {10.0f, 20.0f, 12.0f, 25.0f}) test::add_shower(batch, energy, {});
  const ShowerSet set = test::measured(batch);
  const auto split = EnergyBins(std::vector<double>{10, 20}).split(Sample(set));
  ASSERT_EQ(split.size(), 10u);
  EXPECT_EQ(split[0].size(), 1);
  EXPECT_EQ(split[2].energy(), (std::vector<double>{12}));
  EXPECT_EQ(split[9].size(), 1);  // 25 GeV is outside
}

}  // namespace
}  // namespace showergan::physics
