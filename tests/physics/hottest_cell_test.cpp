#include "physics/hottest_cell.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(HottestCell, IsTheFirstOfEqualOnes) {
  const Cell cell = hottest_cell(std::vector<Cell>{{1, 0, 0, 2}, {2, 3, 4, 5}, {3, 0, 0, 5}});
  EXPECT_EQ(cell.x, 2);
  EXPECT_EQ(cell.y, 3);
  EXPECT_EQ(cell.z, 4);
  EXPECT_EQ(cell.energy, 5);
}

TEST(HottestCell, OfAnEmptyShowerHasNoEnergy) {
  EXPECT_EQ(hottest_cell({}).energy, 0);
}

}  // namespace
}  // namespace showergan::physics
