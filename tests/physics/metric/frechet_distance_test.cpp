#include "physics/metric/frechet_distance.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/hashed_features.hpp"

namespace showergan::physics {
namespace {

using test::hashed_features;
using test::shifted_features;

MomentSums sums_of(const FeatureMatrix& features) {
  std::vector<std::size_t> rows(features.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  MomentSums sums(features.columns());
  sums.add(features, rows);
  return sums;
}

TEST(FrechetDistance, OneFeatureIsTheDifferenceOfMeansAndWidths) {
  FeatureMatrix a(3, 1);
  FeatureMatrix b(3, 1);
  for (std::size_t i = 0; i < 3; ++i) {
    a.row(i)[0] = static_cast<double>(i);          // mean 1, σ 1
    b.row(i)[0] = 5 + 3 * static_cast<double>(i);  // mean 8, σ 3
  }
  EXPECT_NEAR(frechet_distance(sums_of(a), sums_of(b)), 49 + 4, 1e-12);
}

TEST(FrechetDistance, SumsOfPartsAreThoseOfTheWhole) {
  const FeatureMatrix features = hashed_features(1, 50);
  MomentSums parts(6);
  MomentSums rest(6);
  parts.add(features, std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6});
  std::vector<std::size_t> others(43);
  std::iota(others.begin(), others.end(), std::size_t{7});
  rest.add(features, others);
  parts.add(rest);
  EXPECT_NEAR(frechet_distance(parts, sums_of(features)), 0, 1e-7);
  EXPECT_NEAR(parts.mean()[2], sums_of(features).mean()[2], 1e-14);
}

TEST(FrechetDistance, FeaturesMayDependOnEachOther) {
  FeatureMatrix a(40, 7);
  FeatureMatrix b(40, 7);
  const FeatureMatrix from_a = hashed_features(1, 40);
  const FeatureMatrix from_b = shifted_features(40);
  for (std::size_t i = 0; i < 40; ++i) {
    std::ranges::copy(from_a.row(i), a.row(i).begin());
    std::ranges::copy(from_b.row(i), b.row(i).begin());
  }
  const double without = frechet_distance(sums_of(a), sums_of(b));  // the seventh feature is 0
  EXPECT_NEAR(without, frechet_distance(sums_of(from_a), sums_of(from_b)), 1e-7);
  for (FeatureMatrix* table : {&a, &b}) {
    for (std::size_t i = 0; i < 40; ++i) table->row(i)[6] = table->row(i)[0];
  }
  EXPECT_GT(frechet_distance(sums_of(a), sums_of(b)), without);
  EXPECT_NEAR(frechet_distance(sums_of(a), sums_of(a)), 0, 1e-7);
}

TEST(FrechetDistance, IsThatOfJetNet) {
  FeatureMatrix x = hashed_features(1, 2000);
  FeatureMatrix y = shifted_features(2000);
  const std::vector<double> scale = largest_values(x);
  x = divided(x, scale);
  y = divided(y, scale);
  const double wanted =
      nlohmann::json::parse(test::fixture("metric/expected_distances.json"))["fpd"]["value"]
          .get<double>();
  const double value = frechet_physics_distance(x, y, 7, 2);
  EXPECT_NEAR(value, wanted, 0.02 * wanted);
  EXPECT_EQ(value, frechet_physics_distance(x, y, 7, 5));
  EXPECT_NE(value, frechet_physics_distance(x, y, 8, 2));
}

TEST(FrechetDistance, OfOneDistributionIsSmallAndNotNegative) {
  const double value =
      frechet_physics_distance(hashed_features(1, 400), hashed_features(3, 400), 7, 2);
  EXPECT_GE(value, 0);
  EXPECT_LT(value, 0.05);
}

}  // namespace
}  // namespace showergan::physics
