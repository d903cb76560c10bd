#include "montecarlo/cell_map.hpp"

#include <set>

#include <gtest/gtest.h>

namespace showergan::montecarlo {
namespace {

CellMap cells(const Grid& grid, double x, double y) {
  Detector detector;
  detector.grid = grid;
  detector.cell_x = x;
  detector.cell_y = y;
  return CellMap(detector);
}

/// Of the cell [i][j][k].
std::int64_t place(const Grid& grid, std::int64_t i, std::int64_t j, std::int64_t k) {
  return (i * grid.ny + j) * grid.nz + k;
}

TEST(CellMap, AnOddGridHasACellInTheMiddle) {
  const Grid grid{5, 3, 4};
  const CellMap map = cells(grid, 2, 10);
  EXPECT_EQ(map.grid(), grid);
  for (const double x : {-0.999, 0.0, 0.999}) {
    for (const double y : {-4.999, 0.0, 4.999}) {
      EXPECT_EQ(map.place(x, y, 3), place(grid, 2, 1, 3)) << x << ", " << y;
    }
  }
  EXPECT_EQ(map.place(1.001, 0, 0), place(grid, 3, 1, 0));
  EXPECT_EQ(map.place(-1.001, 0, 0), place(grid, 1, 1, 0));
  EXPECT_EQ(map.place(0, 5.001, 0), place(grid, 2, 2, 0));
  EXPECT_EQ(map.place(0, -5.001, 0), place(grid, 2, 0, 0));
}

TEST(CellMap, AnEvenGridHasAnEdgeInTheMiddle) {
  const Grid grid{4, 2, 3};
  const CellMap map = cells(grid, 2, 3);
  EXPECT_EQ(map.place(0.001, 0.001, 1), place(grid, 2, 1, 1));
  EXPECT_EQ(map.place(-0.001, 0.001, 1), place(grid, 1, 1, 1));
  EXPECT_EQ(map.place(0.001, -0.001, 1), place(grid, 2, 0, 1));
  EXPECT_EQ(map.place(0, 0, 1), place(grid, 2, 1, 1));  // an edge belongs to the cell after it
}

TEST(CellMap, BesideTheImageIsNoCell) {
  const Grid grid{5, 4, 2};
  const CellMap map = cells(grid, 2, 3);
  EXPECT_EQ(map.place(-5, 0, 0), place(grid, 0, 2, 0));
  EXPECT_EQ(map.place(4.999, 0, 0), place(grid, 4, 2, 0));
  EXPECT_EQ(map.place(0, -6, 0), place(grid, 2, 0, 0));
  EXPECT_EQ(map.place(0, 5.999, 1), place(grid, 2, 3, 1));
  EXPECT_EQ(map.place(-5.001, 0, 0), -1);
  EXPECT_EQ(map.place(5, 0, 0), -1);
  EXPECT_EQ(map.place(0, -6.001, 0), -1);
  EXPECT_EQ(map.place(0, 6, 1), -1);
  EXPECT_EQ(map.place(1e9, -1e9, 1), -1);
}

TEST(CellMap, EveryCellHasItsPlace) {
  const Grid grid{3, 4, 5};
  const CellMap map = cells(grid, 1.5, 0.7);
  std::set<std::int64_t> places;
  for (std::int64_t i = 0; i < 3; ++i) {
    for (std::int64_t j = 0; j < 4; ++j) {
      for (std::int64_t k = 0; k < 5; ++k) {
        places.insert(
            map.place((static_cast<double>(i) - 1) * 1.5, (static_cast<double>(j) - 1.5) * 0.7, k));
      }
    }
  }
  EXPECT_EQ(places.size(), 60U);
  EXPECT_EQ(*places.begin(), 0);
  EXPECT_EQ(*places.rbegin(), 59);
}

}  // namespace
}  // namespace showergan::montecarlo
