#include "physics/metric/compare.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "physics/metric/comparison.hpp"
#include "physics/metric/registry.hpp"
#include "physics/statistics.hpp"
#include "physics/toy_showers.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

using test::changed;
using test::input_error;
using test::measured;
using test::toy_energies;
using test::toy_showers;

constexpr std::int64_t kShowers = 2000;
constexpr std::int64_t kN = 9;
constexpr std::int64_t kLayers = 10;

std::size_t at(std::int64_t x, std::int64_t y, std::int64_t z) {
  return static_cast<std::size_t>((x * kN + y) * kLayers + z);
}

const MetricResult& find(const ComparisonResult& result, const std::string& name) {
  return *std::ranges::find(result.metrics, name, &MetricResult::name);
}

double value(const ComparisonResult& result, const std::string& name) {
  const MetricResult& metric = find(result, name);
  EXPECT_TRUE(metric.value) << name << ": " << metric.reason;
  return metric.value.value_or(NAN);
}

/// Two thousand toy showers; the same ones for all tests.
class Compare : public testing::Test {
 protected:
  static void SetUpTestSuite() { batch() = toy_showers(1, toy_energies(1, kShowers)); }
  static void TearDownTestSuite() { batch() = {}; }
  static ShowerBatch& batch() {
    static ShowerBatch showers;
    return showers;
  }

  static ComparisonResult against_changed(const std::function<void(std::span<float>)>& change) {
    return compare(measured(batch()), measured(changed(batch(), change)), {.threads = 2});
  }
};

TEST_F(Compare, ASetAgainstItselfGivesZeroAndAFloor) {
  const ShowerSet set = measured(batch());
  const ComparisonResult result = compare(set, set, {.threads = 2});
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_EQ(result.spectra.verdict, EnergySpectra::same);
  for (const MetricResult& metric : result.metrics) {
    if (metric.name == "profile_tail") continue;  // 9 cells have nothing beyond 6
    EXPECT_EQ(metric.value, 0) << metric.name;
    EXPECT_EQ(metric.excess, 0) << metric.name;
    EXPECT_EQ(metric.showers, kShowers / 2) << metric.name;
    ASSERT_TRUE(metric.floor) << metric.name;
    EXPECT_GT(*metric.floor, 0) << metric.name;
  }
  EXPECT_EQ(find(result, "profile_tail").reason, "the reference has no energy beyond 6 cells");
}

TEST_F(Compare, HasAllMetricsOfTheDefinition) {
  const char* names[] = {"sampling_fraction_mre",
                         "response_mre",
                         "resolution_mre",
                         "profile_z_mean",
                         "profile_z_max",
                         "profile_x_mean",
                         "profile_x_max",
                         "profile_radial_mean",
                         "profile_radial_max",
                         "profile_tail",
                         "moments_shift",
                         "moments_width",
                         "hits_mre",
                         "hits_width",
                         "spectrum_mre",
                         "spectrum_mip",
                         "separation[response]",
                         "separation_mean",
                         "correlation_distance"};
  for (const char* name : names) {
    EXPECT_EQ(std::ranges::count(metrics(), name, &Metric::name), 1) << name;
  }
  EXPECT_EQ(metrics().size(), 32u);
}

TEST_F(Compare, IndependentShowersOfOneKindAreNearTheFloor) {
  const ShowerSet reference = measured(batch());
  const ShowerSet candidate = measured(toy_showers(77, batch().energy));
  const ComparisonResult result = compare(reference, candidate, {.threads = 2});
  double sum = 0;
  double count = 0;
  for (const MetricResult& metric : result.metrics) {
    if (!metric.value) continue;
    EXPECT_LT(*metric.value, 3 * *metric.floor) << metric.name;
    sum += *metric.value / *metric.floor;
    count += 1;
  }
  EXPECT_NEAR(sum / count, 1, 0.35);
}

TEST_F(Compare, ThreePercentMoreEnergyIsThreePercent) {
  const ComparisonResult result = against_changed([](std::span<float> image) {
    for (float& cell : image) cell *= 1.03f;
  });
  // The threshold takes a little away from the reference.
  EXPECT_NEAR(value(result, "sampling_fraction_mre"), 0.03, 1e-4);
  EXPECT_NEAR(value(result, "response_mre"), 0.03, 1e-4);
  EXPECT_NEAR(value(result, "profile_z_mean"), 0.03, 1e-4);
  EXPECT_NEAR(value(result, "profile_z_max"), 0.03, 1e-4);
  EXPECT_NEAR(value(result, "profile_radial_mean"), 0.03, 1e-3);
  EXPECT_LT(value(result, "resolution_mre"), 3e-3);
  EXPECT_LT(value(result, "moments_shift"), 0.01);
  EXPECT_GT(value(result, "hits_mre"), 0.001);
  EXPECT_GT(value(result, "separation[response]"), 2 * *find(result, "separation[response]").floor);
  const MetricResult& fraction = find(result, "sampling_fraction_mre");
  EXPECT_NEAR(*fraction.excess,
              std::sqrt(*fraction.value * *fraction.value - *fraction.floor * *fraction.floor),
              1e-12);
}

TEST_F(Compare, AShiftByOneLayerMovesTheDepthOnly) {
  const ComparisonResult result = against_changed([](std::span<float> image) {
    for (std::size_t first = 0; first < image.size(); first += kLayers) {
      std::rotate(image.begin() + static_cast<std::ptrdiff_t>(first),
                  image.begin() + static_cast<std::ptrdiff_t>(first) + kLayers - 1,
                  image.begin() + static_cast<std::ptrdiff_t>(first) + kLayers);
    }
  });
  EXPECT_NEAR(value(result, "sampling_fraction_mre"), 0, 1e-9);
  EXPECT_NEAR(value(result, "profile_x_mean"), 0, 1e-6);
  EXPECT_EQ(value(result, "hits_mre"), 0);
  EXPECT_EQ(value(result, "spectrum_mre"), 0);
  EXPECT_GT(value(result, "profile_z_mean"), 0.1);
  // One of six moments moves by one layer; its width at fixed energy is about 0.4.
  EXPECT_NEAR(value(result, "moments_shift"), 1 / 0.4 / 6, 0.1);
  EXPECT_NEAR(value(result, "moments_width"), 0, 1e-6);
  EXPECT_NEAR(value(result, "separation[m1_x]"), 0, 1e-3);
  EXPECT_GT(value(result, "separation[m1_z]"), 0.3);
}

TEST_F(Compare, AMirroredSetDiffersInTheSignOfCorrelationsOnly) {
  const ComparisonResult result = against_changed([](std::span<float> image) {
    for (std::int64_t x = 0; x < kN / 2; ++x) {
      for (std::int64_t i = 0; i < kN * kLayers; ++i) {
        std::swap(image[static_cast<std::size_t>(x * kN * kLayers + i)],
                  image[static_cast<std::size_t>((kN - 1 - x) * kN * kLayers + i)]);
      }
    }
  });
  EXPECT_NEAR(value(result, "sampling_fraction_mre"), 0, 1e-9);
  EXPECT_NEAR(value(result, "profile_z_max"), 0, 1e-6);
  EXPECT_NEAR(value(result, "profile_radial_max"), 0, 1e-6);
  EXPECT_NEAR(value(result, "moments_width"), 0, 0.01);  // the line of m1_x has the other slope
  EXPECT_NEAR(value(result, "separation[m2_x]"), 0, 1e-3);
  EXPECT_LT(value(result, "profile_x_mean"), 0.1);
  EXPECT_GT(value(result, "profile_x_mean"), 0);
}

TEST_F(Compare, ShuffledCellsKeepSumsAndSpectrumAndLoseTheShape) {
  std::mt19937_64 random(3);
  const ComparisonResult result = against_changed(
      [&](std::span<float> image) { std::shuffle(image.begin(), image.end(), random); });
  EXPECT_NEAR(value(result, "sampling_fraction_mre"), 0, 1e-9);
  EXPECT_EQ(value(result, "hits_mre"), 0);
  EXPECT_EQ(value(result, "spectrum_mre"), 0);
  EXPECT_EQ(value(result, "spectrum_mip"), 0);
  EXPECT_GT(value(result, "profile_z_mean"), 0.3);
  EXPECT_GT(value(result, "profile_radial_max"), 0.5);
  EXPECT_GT(value(result, "moments_shift"), 1);
  EXPECT_GT(value(result, "separation_mean"), 0.4);
  EXPECT_GT(value(result, "correlation_distance"), 0.1);
}

TEST_F(Compare, DoesNotDependOnTheThreads) {
  const ShowerSet reference = measured(batch());
  const ShowerSet candidate = measured(toy_showers(5, toy_energies(5, 1500)));
  const ComparisonResult one = compare(reference, candidate, {.threads = 1});
  const ComparisonResult many = compare(reference, candidate, {.threads = 5});
  for (std::size_t i = 0; i < one.metrics.size(); ++i) {
    EXPECT_EQ(one.metrics[i].value, many.metrics[i].value);
    EXPECT_EQ(one.metrics[i].floor, many.metrics[i].floor);
    EXPECT_TRUE(one.metrics[i].showers == 750 || !one.metrics[i].value);
  }
  EXPECT_EQ(one.spectra.verdict, EnergySpectra::alike);
}

TEST_F(Compare, SaysWhenThereAreTooFewShowersForAFloor) {
  // 30 showers in each bin, 15 in those of the halves.
  std::vector<float> energies;
  for (int i = 0; i < 300; ++i) energies.push_back(10 + 0.3f * static_cast<float>(i));
  const ShowerSet reference = measured(toy_showers(1, energies));
  const ShowerSet candidate = measured(toy_showers(2, energies));
  const ComparisonResult result = compare(reference, candidate, {.threads = 2});
  const MetricResult& fraction = find(result, "sampling_fraction_mre");
  EXPECT_TRUE(fraction.value);
  EXPECT_FALSE(fraction.floor);
  EXPECT_FALSE(fraction.excess);
  EXPECT_EQ(fraction.showers, 300);
  EXPECT_EQ(fraction.reason,
            "too few showers for a floor: in halves of the sets, no energy bin holds 20 showers of "
            "each set");
  EXPECT_TRUE(find(result, "profile_z_mean").floor);  // needs no bins
  ASSERT_EQ(result.warnings.size(), 2u);
  EXPECT_EQ(result.warnings[0],
            "The reference holds 300 showers, fewer than the 2000 that a comparison needs: read "
            "every number against its floor.");
}

TEST_F(Compare, SaysWhenNothingCanBeComputed) {
  const std::vector<float> energies = toy_energies(1, 30);
  const ComparisonResult result = compare(measured(toy_showers(1, energies)),
                                          measured(toy_showers(2, energies)), {.threads = 1});
  for (const char* name :
       {"sampling_fraction_mre", "moments_shift", "separation_mean", "correlation_distance"}) {
    EXPECT_FALSE(find(result, name).value) << name;
    EXPECT_EQ(find(result, name).reason, kNoBins);
  }
}

TEST_F(Compare, ComparesOneEnergyInOneBin) {
  const std::vector<float> energies(200, 50.0f);
  const ComparisonResult result = compare(measured(toy_showers(1, energies)),
                                          measured(toy_showers(2, energies)), {.threads = 1});
  EXPECT_TRUE(find(result, "moments_shift").floor);
  EXPECT_EQ(find(result, "moments_shift").showers, 100);
}

TEST_F(Compare, ComparesDifferentSpectraInBinsOnly) {
  std::vector<float> energies = toy_energies(9, kShowers);
  for (float& energy : energies) energy = 10 + 60 * std::pow((energy - 10) / 90, 2.0f);
  const ShowerSet reference = measured(batch());
  const ShowerSet candidate = measured(toy_showers(9, energies));
  const ComparisonResult result = compare(reference, candidate, {.threads = 2});
  EXPECT_EQ(result.spectra.verdict, EnergySpectra::different);
  for (const char* name : {"profile_z_mean", "profile_tail", "spectrum_mre", "spectrum_mip"}) {
    EXPECT_FALSE(find(result, name).value) << name;
    EXPECT_EQ(find(result, name).reason,
              "the energy spectra differ and it averages over all energies");
  }
  // Of one kind at equal energies, so what is in bins stays near the floor.
  for (const char* name : {"sampling_fraction_mre", "moments_shift", "separation_mean"}) {
    EXPECT_LT(value(result, name), 2.5 * *find(result, name).floor) << name;
  }
  ASSERT_FALSE(result.warnings.empty());
  EXPECT_NE(result.warnings[0].find("different energy spectra"), std::string::npos);
}

TEST_F(Compare, EmptyAndCollapsedCandidatesGiveNumbersOrReasons) {
  const auto check = [](const ComparisonResult& result) {
    for (const MetricResult& metric : result.metrics) {
      EXPECT_TRUE(std::isfinite(metric.value.value_or(0))) << metric.name;
      EXPECT_TRUE(metric.value || !metric.reason.empty()) << metric.name;
    }
  };
  const ComparisonResult empty =
      against_changed([](std::span<float> image) { std::ranges::fill(image, 0.0f); });
  check(empty);
  EXPECT_EQ(value(empty, "sampling_fraction_mre"), 1);
  EXPECT_EQ(empty.warnings.size(), 1u);
  check(against_changed([](std::span<float> image) {
    std::ranges::fill(image, 0.0f);
    image[at(4, 4, 4)] = 1;
  }));
}

TEST_F(Compare, RefusesSetsThatDoNotFit) {
  const ShowerSet set = measured(batch());
  const ShowerSet other = measured(test::batch_of({9, 9, 11}, 10, {}));
  EXPECT_EQ(input_error([&] { compare(set, other, {.threads = 1}); }),
            "the two sets have different grids (reference 9x9x10, candidate 9x9x11); compare "
            "showers of the same calorimeter");
  const ShowerSet none(unit_geometry(batch().grid));
  EXPECT_EQ(input_error([&] { compare(none, set, {.threads = 1}); }),
            "the reference holds no showers");
  EXPECT_EQ(input_error([&] { compare(set, none, {.threads = 1}); }),
            "the candidate holds no showers");
  ImageGeometry geometry = unit_geometry(batch().grid);
  geometry.layer_weights[3] = 2;
  EXPECT_EQ(input_error([&] { compare(set, ShowerSet(geometry), {.threads = 1}); }),
            "the two sets were measured with different detector descriptions; use one description "
            "for both");
}

TEST_F(Compare, UncertaintiesAreTheSpreadBetweenIndependentSets) {
  constexpr int kPairs = 12;
  const char* names[] = {"response_mre", "moments_shift", "hits_width", "profile_z_mean",
                         "separation_mean"};
  std::vector<std::vector<double>> values(std::size(names));
  std::vector<double> uncertainty(std::size(names));
  for (std::uint64_t pair = 0; pair < kPairs; ++pair) {
    const std::vector<float> energies = toy_energies(5, 500);
    const ComparisonResult result = compare(measured(toy_showers(100 + pair, energies)),
                                            measured(changed(toy_showers(200 + pair, energies),
                                                             [](std::span<float> image) {
                                                               for (float& cell : image)
                                                                 cell *= 1.1f;
                                                             })),
                                            {.threads = 2, .uncertainties = true});
    for (std::size_t i = 0; i < std::size(names); ++i) {
      values[i].push_back(value(result, names[i]));
      uncertainty[i] += find(result, names[i]).uncertainty.value_or(NAN) / kPairs;
    }
  }
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const double spread = standard_deviation(values[i]);
    EXPECT_GT(uncertainty[i], 0.5 * spread) << names[i];
    EXPECT_LT(uncertainty[i], 2 * spread) << names[i];
  }
}

TEST_F(Compare, UncertaintiesDoNotDependOnTheThreads) {
  const std::vector<float> energies = toy_energies(6, 400);
  const ShowerSet reference = measured(toy_showers(76, energies));
  const ShowerSet candidate = measured(toy_showers(77, energies));
  const ComparisonResult one = compare(reference, candidate, {.threads = 1, .uncertainties = true});
  const ComparisonResult many =
      compare(reference, candidate, {.threads = 3, .uncertainties = true});
  for (std::size_t i = 0; i < one.metrics.size(); ++i) {
    EXPECT_EQ(one.metrics[i].uncertainty, many.metrics[i].uncertainty) << one.metrics[i].name;
    EXPECT_EQ(one.metrics[i].uncertainty.has_value(), one.metrics[i].floor.has_value());
  }
}

TEST_F(Compare, GivesTheOtherMetricsIfAskedTo) {
  const ShowerSet reference = measured(batch());
  const ShowerSet candidate = measured(toy_showers(77, batch().energy));
  const ShowerSet training = measured(toy_showers(78, batch().energy));
  const SimilarityPlan plan;
  const ComparisonResult result = compare(
      reference, candidate,
      {.threads = 2, .features = true, .bins = true, .training = &training, .similarity = &plan});
  for (const char* name :
       {"fpd", "kpd", "precision", "recall", "density", "coverage", "memorisation", "ssim_gap"}) {
    EXPECT_EQ(std::ranges::count(result.metrics, name, &MetricResult::name), 1) << name;
  }
  EXPECT_EQ(result.bins.size(), 10u);
}

}  // namespace
}  // namespace showergan::physics
