#include "physics/metric/kernel_distance.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/hashed_features.hpp"

namespace showergan::physics {
namespace {

using test::hashed_features;
using test::shifted_features;

std::vector<std::size_t> groups_of(std::size_t rows, std::size_t groups) {
  std::vector<std::size_t> group(rows);
  for (std::size_t i = 0; i < rows; ++i) group[i] = i % groups;
  return group;
}

TEST(KernelDistance, IsThatOfNumPyAndOfJetNetWithinItsError) {
  FeatureMatrix x = hashed_features(1, 2000);
  FeatureMatrix y = shifted_features(2000);
  const std::vector<double> scale = largest_values(x);
  x = divided(x, scale);
  y = divided(y, scale);
  const auto wanted = nlohmann::json::parse(test::fixture("metric/expected_distances.json"))["kpd"];
  const std::vector<std::size_t> one(2000);
  const double value = KernelSums(x, one, y, one, 1, 2).distance();
  EXPECT_NEAR(value, wanted["unbiased"].get<double>(), 1e-10);
  EXPECT_NEAR(value, wanted["value"].get<double>(), 2 * wanted["error"].get<double>());
}

TEST(KernelDistance, OfGroupsIsThatOfTheirRows) {
  const FeatureMatrix x = hashed_features(1, 60);
  const FeatureMatrix y = shifted_features(60);
  const KernelSums sums(x, groups_of(60, 3), y, groups_of(60, 3), 3, 2);
  FeatureMatrix some_x(40, 6);
  FeatureMatrix some_y(20, 6);
  for (std::size_t i = 0; i < 20; ++i) {  // groups 0 and 2 of x, 1 of y
    std::ranges::copy(x.row(3 * i), some_x.row(2 * i).begin());
    std::ranges::copy(x.row(3 * i + 2), some_x.row(2 * i + 1).begin());
    std::ranges::copy(y.row(3 * i + 1), some_y.row(i).begin());
  }
  const KernelSums direct(some_x, groups_of(40, 1), some_y, groups_of(20, 1), 1, 1);
  const std::size_t of_x[] = {0, 2};
  const std::size_t of_y[] = {1};
  EXPECT_NEAR(sums.distance(of_x, of_y), direct.distance(), 1e-12);
}

TEST(KernelDistance, DoesNotDependOnTheThreads) {
  const FeatureMatrix x = hashed_features(1, 100);
  const FeatureMatrix y = shifted_features(80);
  const auto distance = [&](int threads) {
    return KernelSums(x, groups_of(100, 4), y, groups_of(80, 4), 4, threads).distance();
  };
  EXPECT_EQ(distance(1), distance(3));
}

}  // namespace
}  // namespace showergan::physics
