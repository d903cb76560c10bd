#include "physics/metric/feature_metrics.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

using test::measured;
using test::toy_energies;
using test::toy_showers;

std::vector<MetricResult> between(const ShowerSet& reference, const ShowerSet& candidate,
                                  bool uncertainties = false, int threads = 2) {
  const Halves halves =
      deal_to_halves(Sample(reference), Sample(candidate), EnergyBins(reference.energy()), false);
  return feature_metrics(halves, false, uncertainties, threads);
}

const MetricResult& find(const std::vector<MetricResult>& results, const std::string& name) {
  return *std::ranges::find(results, name, &MetricResult::name);
}

class FeatureMetrics : public testing::Test {
 protected:
  const std::vector<float> energies_ = toy_energies(1, 500);
  const ShowerSet reference_ = measured(toy_showers(1, energies_));
};

TEST_F(FeatureMetrics, OfOneKindAreAtTheFloor) {
  const auto results = between(reference_, measured(toy_showers(2, energies_)), true);
  ASSERT_EQ(results.size(), 6u);
  for (const MetricResult& result : results) {
    ASSERT_TRUE(result.value && result.floor && result.uncertainty) << result.name;
    EXPECT_GT(*result.uncertainty, 0) << result.name;
    // Of the difference of two such numbers; fpd's bias is common to both.
    EXPECT_LT(std::abs(*result.value - *result.floor), 6 * *result.uncertainty) << result.name;
    EXPECT_EQ(result.showers, 250);
    EXPECT_EQ(result.excess.has_value(), result.ideal == 0) << result.name;
  }
}

TEST_F(FeatureMetrics, OfShowersFiveMillimetresAwayAreFarFromIt) {
  const ShowerBatch moved = test::changed(toy_showers(2, energies_), [](std::span<float> image) {
    std::rotate(image.begin(), image.end() - 2 * 90, image.end());  // by two cells in x
  });
  const auto results = between(reference_, measured(moved));
  EXPECT_GT(*find(results, "fpd").value, 20 * *find(results, "fpd").floor);
  EXPECT_GT(*find(results, "fpd").excess, 0.9 * *find(results, "fpd").value);
  EXPECT_GT(*find(results, "kpd").value, 20 * std::abs(*find(results, "kpd").floor));
  EXPECT_LT(*find(results, "precision").value, 0.2);
  EXPECT_LT(*find(results, "recall").value, 0.2);
  EXPECT_LT(*find(results, "density").value, 0.2);
  EXPECT_LT(*find(results, "coverage").value, 0.2);
}

TEST_F(FeatureMetrics, OfTheSetItselfAreThoseOfEqualSamples) {
  const auto results = between(reference_, reference_);
  EXPECT_LT(*find(results, "fpd").value, *find(results, "fpd").floor);
  EXPECT_EQ(*find(results, "precision").value, 1);
  EXPECT_EQ(*find(results, "recall").value, 1);
  EXPECT_EQ(*find(results, "coverage").value, 1);
}

TEST_F(FeatureMetrics, DoNotDependOnTheThreads) {
  const ShowerSet candidate = measured(toy_showers(2, energies_));
  const auto one = between(reference_, candidate, true, 1);
  const auto many = between(reference_, candidate, true, 3);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].value, many[i].value) << one[i].name;
    EXPECT_EQ(one[i].floor, many[i].floor) << one[i].name;
    EXPECT_EQ(one[i].uncertainty, many[i].uncertainty) << one[i].name;
  }
}

TEST_F(FeatureMetrics, SayWhyThereAreNone) {
  const ShowerSet few = measured(toy_showers(1, toy_energies(1, 198)));
  for (const MetricResult& result : between(few, few)) {
    EXPECT_FALSE(result.value);
    EXPECT_EQ(result.reason, "fewer than 100 showers in a half of the sets");
  }
  const Halves halves =
      deal_to_halves(Sample(reference_), Sample(reference_), EnergyBins(reference_.energy()), true);
  for (const MetricResult& result : feature_metrics(halves, true, true, 2)) {
    EXPECT_EQ(result.reason, "the energy spectra differ and it averages over all energies");
  }
}

}  // namespace
}  // namespace showergan::physics
