#include "physics/row_order.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

using Rows = std::vector<std::int64_t>;

TEST(RowOrder, IsThatOfTheEnergyAndElseOfTheRows) {
  EXPECT_EQ(rows_by_energy(std::vector<double>{3, 1, 3, 2}), (Rows{1, 3, 0, 2}));
  EXPECT_TRUE(rows_by_energy({}).empty());
}

TEST(RowOrder, ThinnedRowsAreSpreadEvenly) {
  const Rows rows = {5, 6, 7, 8, 9, 10};
  EXPECT_EQ(thinned(rows, 3), (Rows{6, 8, 10}));
  EXPECT_EQ(thinned(rows, 6), rows);
  EXPECT_EQ(thinned(rows, 99), rows);
}

TEST(RowOrder, HalvesAreOfEqualSize) {
  const auto [first, second] = dealt(Rows{4, 8, 1, 2, 7});
  EXPECT_EQ(first, (Rows{4, 1}));
  EXPECT_EQ(second, (Rows{8, 2}));
}

}  // namespace
}  // namespace showergan::physics
