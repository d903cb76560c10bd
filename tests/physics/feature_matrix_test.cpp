#include "physics/feature_matrix.hpp"

#include <gtest/gtest.h>

#include "physics/hashed_features.hpp"

namespace showergan::physics {
namespace {

TEST(FeatureMatrix, RowsArePaddedWithZeros) {
  FeatureMatrix table(2, 3);
  table.row(0)[2] = 5;
  table.row(1)[0] = 7;
  ASSERT_EQ(table.padded_row(0).size(), 8u);
  EXPECT_EQ(table.padded_row(0)[2], 5);
  EXPECT_EQ(table.padded_row(0)[3], 0);
  EXPECT_EQ(table.padded_row(1)[0], 7);
}

TEST(FeatureMatrix, DistanceAndProduct) {
  FeatureMatrix table(2, 9);
  for (std::size_t k = 0; k < 9; ++k) {
    table.row(0)[k] = static_cast<double>(k);
    table.row(1)[k] = static_cast<double>(2 * k);
  }
  EXPECT_EQ(squared_distance(table.padded_row(0), table.padded_row(1)), 204);  // Σ k²
  EXPECT_EQ(dot_product(table.padded_row(0), table.padded_row(1)), 408);
}

TEST(FeatureMatrix, ColumnsAreDividedUnlessTheScaleIsZero) {
  FeatureMatrix table(2, 2);
  table.row(0)[0] = -4;
  table.row(1)[0] = 2;
  EXPECT_EQ(largest_values(table), (std::vector<double>{4, 0}));
  EXPECT_EQ(standard_deviations(table), (std::vector<double>{3, 0}));
  table = divided(table, largest_values(table));
  EXPECT_EQ(table.row(0)[0], -1);
  EXPECT_EQ(table.row(1)[0], 0.5);
  EXPECT_EQ(table.row(0)[1], 0);
}

}  // namespace
}  // namespace showergan::physics
