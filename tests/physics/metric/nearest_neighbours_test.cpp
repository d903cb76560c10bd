#include "physics/metric/nearest_neighbours.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/hashed_features.hpp"
#include "physics/metric/distance_table.hpp"

namespace showergan::physics {
namespace {

using test::hashed_features;
using test::shifted_features;

void expect_equal(const NeighbourMetrics& a, const NeighbourMetrics& b) {
  EXPECT_EQ(a.precision, b.precision);
  EXPECT_EQ(a.recall, b.recall);
  EXPECT_EQ(a.density, b.density);
  EXPECT_EQ(a.coverage, b.coverage);
}

FeatureMatrix line(const std::vector<double>& values) {
  FeatureMatrix table(values.size(), 1);
  for (std::size_t i = 0; i < values.size(); ++i) table.row(i)[0] = values[i];
  return table;
}

TEST(NearestNeighbours, AreThoseOfPrdc) {
  const FeatureMatrix x = hashed_features(1, 400);
  const FeatureMatrix y = shifted_features(300);
  const NeighbourMetrics metrics = neighbour_metrics(distances_of(x, y), 5, 2);
  const auto wanted =
      nlohmann::json::parse(test::fixture("metric/expected_distances.json"))["neighbours"];
  EXPECT_NEAR(metrics.precision, wanted["precision"].get<double>(), 1e-6);
  EXPECT_NEAR(metrics.recall, wanted["recall"].get<double>(), 1e-6);
  EXPECT_NEAR(metrics.density, wanted["density"].get<double>(), 1e-6);
  EXPECT_NEAR(metrics.coverage, wanted["coverage"].get<double>(), 1e-6);
  expect_equal(metrics, neighbour_metrics(distances_of(x, y), 5, 1));
}

TEST(NearestNeighbours, OnALineByHand) {
  // Balls of the reference with k = 1: (−1, 1), (0, 2), (1, 7); of the candidate: (−1.5, 2.5)
  // around 0.5 and (0.5, 4.5) around 2.5, (18, 22) around 20 and (20, 24) around 22.
  const FeatureMatrix reference = line({0, 1, 4});
  const FeatureMatrix candidate = line({0.5, 2.5, 20, 22});
  const NeighbourMetrics metrics = neighbour_metrics(distances_of(reference, candidate), 1, 1);
  EXPECT_DOUBLE_EQ(metrics.precision, 0.5);    // 0.5 and 2.5
  EXPECT_DOUBLE_EQ(metrics.recall, 1.0);       // 4 is in the ball of 2.5
  EXPECT_DOUBLE_EQ(metrics.density, 3.0 / 4);  // 0.5 is inside two, 2.5 inside one
  EXPECT_DOUBLE_EQ(metrics.coverage, 1.0);
}

TEST(NearestNeighbours, ACollapsedCandidateHasPrecisionWithoutRecall) {
  const FeatureMatrix reference = hashed_features(1, 200);
  FeatureMatrix candidate(200, 6);
  for (std::size_t i = 0; i < 200; ++i) {
    for (std::size_t k = 0; k < 6; ++k) {
      candidate.row(i)[k] = 1.5 + 1e-3 * hashed_features(2, 1).row(0)[k] * double(i) / 200;
    }
  }
  const NeighbourMetrics metrics = neighbour_metrics(distances_of(reference, candidate), 5, 2);
  EXPECT_GT(metrics.precision, 0.9);
  EXPECT_LT(metrics.recall, 0.1);
}

TEST(NearestNeighbours, ATableGivesTheSame) {
  const FeatureMatrix x = hashed_features(1, 30);
  const FeatureMatrix y = shifted_features(30);
  const DistanceTable among_x(x, x, 2);
  const DistanceTable among_y(y, y, 2);
  const DistanceTable across(x, y, 2);
  std::vector<std::size_t> all(30);
  for (std::size_t i = 0; i < 30; ++i) all[i] = i;
  const Distances distances = {30, 30, among_x.between(all, all), among_y.between(all, all),
                               across.between(all, all)};
  expect_equal(neighbour_metrics(distances, 5, 1), neighbour_metrics(distances_of(x, y), 5, 1));
}

}  // namespace
}  // namespace showergan::physics
