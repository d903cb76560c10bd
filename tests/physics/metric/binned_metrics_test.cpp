#include "physics/metric/binned_metrics.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

using test::measured;
using test::toy_energies;
using test::toy_showers;

double response(const BinMetrics& bin) {
  const auto found = std::ranges::find(bin.metrics, "response_mre", &MetricResult::name);
  return found->value.value_or(NAN);
}

TEST(BinnedMetrics, ADeviationIsInTheBinsItIsIn) {
  const ShowerBatch reference = toy_showers(1, toy_energies(1, 1500));
  ShowerBatch candidate = reference;
  for (std::int64_t i = 0; i < candidate.size(); ++i) {
    if (candidate.energy[static_cast<std::size_t>(i)] < 55) continue;
    for (float& cell : candidate.shower(i)) cell *= 1.05F;
  }
  const ShowerSet r = measured(reference);
  const ShowerSet c = measured(candidate);
  const auto bins = binned_metrics(Sample(r), Sample(c), true, 2);
  ASSERT_EQ(bins.size(), 10u);
  std::int64_t showers = 0;
  for (const BinMetrics& bin : bins) {
    EXPECT_EQ(bin.quantity, BinMetrics::Quantity::energy);
    if (bin.high < 54) {
      EXPECT_EQ(response(bin), 0);
    }
    if (bin.low > 56) {
      EXPECT_NEAR(response(bin), 0.05, 1e-3);
    }
    for (const MetricResult& metric : bin.metrics) {
      EXPECT_EQ(metric.uncertainty.has_value(), metric.floor.has_value()) << metric.name;
    }
    showers += bin.reference;
  }
  EXPECT_EQ(showers, 1500);
}

TEST(BinnedMetrics, AnglesHaveBinsOfTheirOwn) {
  ShowerBatch reference = toy_showers(1, toy_energies(1, 1000));
  for (std::int64_t i = 0; i < reference.size(); ++i) {
    reference.theta.push_back(1 + 0.001F * static_cast<float>(i));
  }
  ShowerBatch candidate = reference;
  for (std::int64_t i = 800; i < 1000; ++i) {
    for (float& cell : candidate.shower(i)) cell *= 1.05F;
  }
  const ShowerSet r = measured(reference);
  const ShowerSet c = measured(candidate);
  const auto bins = binned_metrics(Sample(r), Sample(c), false, 2);
  ASSERT_EQ(bins.size(), 15u);
  EXPECT_EQ(bins[10].quantity, BinMetrics::Quantity::theta);
  EXPECT_NEAR(bins[10].low, 1, 1e-6);
  EXPECT_NEAR(bins[14].high, 1.999, 1e-6);
  for (std::size_t bin = 10; bin < 15; ++bin)
    EXPECT_NEAR(static_cast<double>(bins[bin].reference), 200, 1);
  // Of 200 showers no energy bin holds 20 in each half; the shape of all energies is compared.
  const auto profile = [](const BinMetrics& bin) {
    return std::ranges::find(bin.metrics, "profile_z_mean", &MetricResult::name)
        ->value.value_or(NAN);
  };
  EXPECT_NEAR(profile(bins[10]), 0, 1e-9);
  EXPECT_NEAR(profile(bins[14]), 0.05, 2e-3);
}

TEST(BinnedMetrics, OneAngleHasNone) {
  ShowerBatch batch = toy_showers(1, toy_energies(1, 200));
  batch.theta.assign(200, 1.57F);
  const ShowerSet set = measured(batch);
  EXPECT_EQ(binned_metrics(Sample(set), Sample(set), false, 1).size(), 10u);
}

}  // namespace
}  // namespace showergan::physics
