#include "physics/rings.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

const ImageGeometry kGeometry = unit_geometry({25, 25, 25});

TEST(Rings, HoldTheCellsWhoseDistanceRoundsToTheirNumber) {
  // Distances 0, 1, sqrt(2) = 1.41 -> 1, sqrt(5) = 2.24 -> 2, 12, sqrt(288) = 16.97 -> none.
  const std::vector<Cell> cells = {{12, 12, 3, 1}, {13, 12, 0, 2},  {11, 11, 7, 4},
                                   {13, 14, 0, 8}, {0, 12, 24, 16}, {24, 24, 24, 32},
                                   {12, 12, 9, 64}};
  const auto rings = Rings(kGeometry).energies(cells);
  EXPECT_EQ(rings[0], 65);
  EXPECT_EQ(rings[1], 6);
  EXPECT_EQ(rings[2], 8);
  EXPECT_EQ(rings[12], 16);
  double sum = 0;
  for (const double ring : rings) sum += ring;
  EXPECT_EQ(sum, 95);
}

TEST(Tail, IsWhatLiesMoreThanSixCellsAwayInXOrY) {
  EXPECT_EQ(tail_fraction(std::vector<Cell>{{18, 6, 0, 1}}, kGeometry), 0);
  EXPECT_EQ(tail_fraction(std::vector<Cell>{{18, 12, 0, 3}, {19, 12, 0, 1}}, kGeometry), 0.25);
  EXPECT_EQ(tail_fraction(std::vector<Cell>{{12, 5, 0, 1}}, kGeometry), 1);
  EXPECT_EQ(tail_fraction(std::vector<Cell>{}, kGeometry), 0);
}

}  // namespace
}  // namespace showergan::physics
