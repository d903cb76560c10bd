#include "physics/metric/balanced_samples.hpp"

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

using test::measured;
using test::toy_energies;
using test::toy_showers;

TEST(BalancedSamples, HaveEqualNumbersInEachBin) {
  const ShowerSet many = measured(toy_showers(1, toy_energies(1, 200)));
  const ShowerSet few = measured(toy_showers(2, toy_energies(2, 50)));
  const EnergyBins bins(many.energy());
  const std::vector<Sample> all = {Sample(many), Sample(few), Sample(many)};
  const std::vector<Sample> balanced = balance(all, bins);
  ASSERT_EQ(balanced.size(), 3u);
  EXPECT_LE(balanced[0].size(), 50);
  EXPECT_GT(balanced[0].size(), 30);
  std::vector<std::vector<Sample>> split;
  for (const Sample& sample : balanced) split.push_back(bins.split(sample));
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    EXPECT_EQ(split[0][bin].size(), split[1][bin].size());
    EXPECT_EQ(split[0][bin].size(), split[2][bin].size());
  }
}

TEST(BalancedSamples, AreAllShowersWhereSpectraAgree) {
  const ShowerSet reference = measured(toy_showers(1, toy_energies(1, 200)));
  const ShowerSet candidate = measured(toy_showers(2, toy_energies(2, 150)));
  const std::vector<const ShowerSet*> candidates = {&candidate};
  const auto samples = comparable_samples(reference, candidates);
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[0].size(), 200);
  EXPECT_EQ(samples[1].size(), 150);
}

TEST(BalancedSamples, AreBalancedTogetherWhereOneCandidateDiffers) {
  const ShowerSet reference = measured(toy_showers(1, toy_energies(1, 200)));
  const ShowerSet alike = measured(toy_showers(2, toy_energies(2, 200)));
  const ShowerSet low = measured(toy_showers(3, std::vector<float>(200, 20.0f)));
  const std::vector<const ShowerSet*> candidates = {&alike, &low};
  const auto samples = comparable_samples(reference, candidates);
  ASSERT_EQ(samples.size(), 3u);
  EXPECT_LT(samples[0].size(), 50);
  EXPECT_EQ(samples[0].size(), samples[1].size());
  EXPECT_EQ(samples[0].size(), samples[2].size());
}

}  // namespace
}  // namespace showergan::physics
