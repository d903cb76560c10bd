#include "physics/metric/resampling.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "physics/hashed_numbers.hpp"
#include "physics/statistics.hpp"
#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

TEST(Resampling, DrawsAreUniformAndOfTheirStream) {
  const auto drawn = draw_with_replacement(1, 2, 10, 100'000);
  std::vector<double> counts(10);
  for (const std::size_t i : drawn) counts.at(i) += 1;
  for (const double count : counts) EXPECT_NEAR(count, 10'000, 500);
  EXPECT_EQ(drawn, draw_with_replacement(1, 2, 10, 100'000));
  EXPECT_NE(drawn, draw_with_replacement(1, 3, 10, 100'000));
  EXPECT_NE(drawn, draw_with_replacement(2, 2, 10, 100'000));
}

TEST(Resampling, WithoutReplacementEveryNumberComesOnceAtMost) {
  std::vector<double> counts(10);
  for (std::uint64_t stream = 0; stream < 4000; ++stream) {
    const auto drawn = draw_without_replacement(1, stream, 10, 4);
    EXPECT_EQ(std::set<std::size_t>(drawn.begin(), drawn.end()).size(), 4u);
    for (const std::size_t i : drawn) counts.at(i) += 1;
  }
  for (const double count : counts) EXPECT_NEAR(count, 1600, 150);
  auto all = draw_without_replacement(1, 0, 50, 50);
  EXPECT_FALSE(std::ranges::is_sorted(all));
  std::ranges::sort(all);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(all[i], i);
}

TEST(Resampling, BootstrapKeepsTheNumberOfShowersInEachBin) {
  const ShowerSet set = test::measured(test::toy_showers(1, test::toy_energies(1, 300)));
  const Sample sample(set);
  const EnergyBins bins(set.energy());
  const Sample drawn = bootstrap(sample, bins, 5);
  const auto before = bins.split(sample);
  const auto after = bins.split(drawn);
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    EXPECT_EQ(before[bin].size(), after[bin].size());
  }
  EXPECT_TRUE(std::ranges::is_sorted(drawn.energy()));
  const std::set<std::int64_t> distinct(drawn.rows().begin(), drawn.rows().end());
  EXPECT_NEAR(static_cast<double>(distinct.size()), 300 * (1 - std::exp(-1.0)), 30);
}

TEST(Resampling, BootstrapLeavesShowersOutsideTheBins) {
  const ShowerSet set = test::measured(test::toy_showers(1, test::toy_energies(1, 100)));
  const double inner[] = {40, 60};
  const EnergyBins bins(inner);
  const Sample sample(set);
  const Sample drawn = bootstrap(sample, bins, 5);
  ASSERT_EQ(drawn.size(), sample.size());
  for (std::size_t i = 0; i < sample.rows().size(); ++i) {
    const double energy = sample.energy()[i];
    if (energy < 40 || energy > 60) {
      EXPECT_EQ(drawn.rows()[i], sample.rows()[i]);
    }
  }
}

TEST(Resampling, BootstrapOfOneStreamDrawsTheSamePlaces) {
  const ShowerSet a = test::measured(test::toy_showers(1, test::toy_energies(1, 100)));
  const ShowerSet b = test::measured(test::toy_showers(2, test::toy_energies(1, 100)));
  const EnergyBins bins(a.energy());
  EXPECT_EQ(bootstrap(Sample(a), bins, 3).energy(), bootstrap(Sample(b), bins, 3).energy());
  EXPECT_NE(bootstrap(Sample(a), bins, 3).energy(), bootstrap(Sample(b), bins, 4).energy());
}

/// 400 hashed numbers, whose mean has the standard deviation (1/12/400)^½.
std::vector<double> numbers() {
  std::vector<double> values;
  for (std::uint64_t i = 0; i < 400; ++i) values.push_back(test::hashed_uniform(i));
  return values;
}

double mean_of(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
  double sum = 0;
  for (const std::size_t row : rows) sum += values[row];
  return sum / static_cast<double>(rows.size());
}

TEST(Resampling, SpreadsAreTheErrorOfTheMean) {
  const std::vector<double> values = numbers();
  const double wanted = std::sqrt(1.0 / 12 / 400);
  const auto with = spread_of_resamplings(
      [&](std::uint64_t i) { return mean_of(values, draw_with_replacement(1, i, 400, 400)); }, 2);
  ASSERT_TRUE(with);
  EXPECT_NEAR(*with, wanted, 0.2 * wanted);
  const auto some = spread_of_resamplings(
      [&](std::uint64_t i) { return mean_of(values, draw_without_replacement(1, i, 100, 50)); }, 2);
  ASSERT_TRUE(some);
  EXPECT_NEAR(*some * subsampling_scale(50, 100, 400), wanted, 0.2 * wanted);
  EXPECT_DOUBLE_EQ(subsampling_scale(200, 400, 400), 1);
}

TEST(Resampling, NoSpreadWhereAValueLacks) {
  EXPECT_FALSE(spread_of_resamplings(
      [](std::uint64_t i) { return i == 17 ? std::nullopt : std::optional<double>(1); }, 2));
}

}  // namespace
}  // namespace showergan::physics
