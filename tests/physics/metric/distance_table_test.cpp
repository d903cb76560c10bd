#include "physics/metric/distance_table.hpp"

#include <gtest/gtest.h>

#include "physics/hashed_features.hpp"

namespace showergan::physics {
namespace {

TEST(DistanceTable, GivesSomeRowsAndColumns) {
  const FeatureMatrix x = test::hashed_features(1, 5);
  const FeatureMatrix y = test::hashed_features(2, 7);
  const DistanceTable table(x, y, 2);
  const std::vector<std::size_t> rows = {4, 1};
  const std::vector<std::size_t> columns = {6, 0, 3};
  std::vector<double> distances(3);
  table.between(rows, columns)(1, distances);
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_EQ(distances[j], squared_distance(x.padded_row(1), y.padded_row(columns[j])));
  }
}

}  // namespace
}  // namespace showergan::physics
