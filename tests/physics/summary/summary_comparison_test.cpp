#include "physics/summary/summary_comparison.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

using test::measured;
using test::toy_energies;
using test::toy_showers;

double value(const SummaryComparison& result, const std::string& name) {
  return std::ranges::find(result.metrics, name, &MetricResult::name)->value.value();
}

TEST(SummaryComparison, OfTheSameShowersIsZero) {
  const ShowerSet set = measured(toy_showers(1, toy_energies(1, 2000)));
  const SummaryComparison result = compare_with_summary(summarize(set, "toy"), set);
  ASSERT_EQ(result.bins.size(), 10u);
  std::int64_t showers = 0;
  for (const BinComparison& bin : result.bins) {
    EXPECT_TRUE(bin.compared);
    EXPECT_NEAR(bin.sampling_fraction.deviation, 0, 1e-12);
    EXPECT_NEAR(bin.depth.deviation, 0, 1e-12);
    EXPECT_GT(bin.depth.error, 0);
    EXPECT_NEAR(bin.profile_z, 0, 1e-12);
    EXPECT_GT(bin.maximum_reference, 0);
    EXPECT_NEAR(bin.maximum_candidate, bin.maximum_reference, 1e-6);
    showers += bin.showers;
  }
  EXPECT_EQ(showers, 2000);
  EXPECT_TRUE(result.warnings.empty());
  for (const MetricResult& metric : result.metrics) {
    EXPECT_NEAR(metric.value.value(), 0, 1e-6) << metric.name;
    EXPECT_FALSE(metric.floor);
    EXPECT_EQ(metric.reason, "a floor needs the Monte Carlo showers, not their summary");
  }
}

TEST(SummaryComparison, SeesThreePercentMoreEnergy) {
  const ShowerBatch batch = toy_showers(1, toy_energies(1, 2000));
  const std::string card = summarize_monte_carlo(measured(batch), "toy");
  const ShowerBatch more = test::changed(batch, [](std::span<float> image) {
    for (float& cell : image) cell *= 1.03f;
  });
  const SummaryComparison result = compare_with_card(card, "card", measured(more));
  EXPECT_NEAR(value(result, "sampling_fraction_mre"), 0.03, 1e-4);
  EXPECT_NEAR(value(result, "response_mre"), 0.03, 1e-4);
  EXPECT_NEAR(value(result, "profile_z_mean"), 0.03, 1e-4);
  EXPECT_NEAR(value(result, "profile_x_mean"), 0.03, 1e-3);
  EXPECT_NEAR(result.bins[4].sampling_fraction.deviation, 0.03, 1e-4);
}

TEST(SummaryComparison, IndependentShowersAgreeWithinTheErrors) {
  const Summary summary = summarize(measured(toy_showers(1, toy_energies(1, 2000))), "toy");
  const SummaryComparison result =
      compare_with_summary(summary, measured(toy_showers(2, toy_energies(2, 2000))));
  double chi2 = 0;
  double count = 0;
  for (const BinComparison& bin : result.bins) {
    for (const Deviation& d : {bin.sampling_fraction, bin.depth, bin.hits_300keV}) {
      chi2 += d.deviation * d.deviation / (d.error * d.error);
      count += 1;
    }
  }
  EXPECT_GT(chi2 / count, 0.4);
  EXPECT_LT(chi2 / count, 2);
}

TEST(SummaryComparison, MovesTheMonteCarloToTheCandidatesEnergy) {
  const Summary summary = summarize(measured(toy_showers(1, toy_energies(1, 4000))), "toy");
  // At the very edge of a bin, where the depth is not that of its centre.
  const float energy = static_cast<float>(summary.bins[1].energy_low + 0.01);
  const std::vector<float> energies(1000, energy);
  const SummaryComparison result =
      compare_with_summary(summary, measured(toy_showers(3, energies)));
  const BinComparison& bin = result.bins[1];
  EXPECT_TRUE(bin.compared);
  EXPECT_FALSE(result.bins[0].compared);
  EXPECT_LT(std::abs(bin.depth.deviation), 4 * bin.depth.error);
  EXPECT_LT(std::abs(bin.hits_300keV.deviation), 4 * bin.hits_300keV.error);
  EXPECT_LT(bin.profile_x, 0.05);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0],
            "The candidate holds 1000 showers, fewer than the 2000 that a comparison needs.");
}

TEST(SummaryComparison, SaysWhatIsLeftOut) {
  const Summary summary = summarize(measured(toy_showers(1, toy_energies(1, 2000))), "toy");
  std::vector<float> energies = toy_energies(2, 3000);
  for (std::size_t i = 0; i < 600; ++i) energies[i] = 500;
  const SummaryComparison result =
      compare_with_summary(summary, measured(toy_showers(2, energies)));
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_NE(result.warnings[0].find("of 3000 showers of the candidate are in no energy bin"),
            std::string::npos);
}

TEST(SummaryComparison, RefusesWhatCannotBeCompared) {
  const Summary summary = summarize(measured(toy_showers(1, toy_energies(1, 2000))), "toy");
  EXPECT_EQ(test::input_error([&] {
              compare_with_summary(summary, measured(test::batch_of({9, 9, 9}, 9, {})));
            }),
            "the candidate's grid is not that of the Monte Carlo summary (summary 9x9x10, "
            "candidate 9x9x9); compare showers of the same calorimeter");
  const std::vector<float> far(50, 500.0f);
  EXPECT_NE(test::input_error([&] {
              compare_with_summary(summary, measured(toy_showers(1, far)));
            }).find("generate more showers between 10"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::physics
