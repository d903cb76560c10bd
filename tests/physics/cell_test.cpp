#include "physics/cell.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(ReadOut, KeepsCellsFromTheThresholdOnInTheOrderOfTheImage) {
  const float t = 0.5f;
  const std::vector<float> image = {0, t, 0.4f, 2, 0, 0, 0, 3};
  std::vector<Cell> cells(5);
  read_out(image, {2, 2, 2}, t, cells);
  ASSERT_EQ(cells.size(), 3u);
  EXPECT_EQ(cells[0].z, 1);
  EXPECT_EQ(cells[0].energy, 0.5);
  EXPECT_EQ(cells[1].y, 1);
  EXPECT_EQ(cells[1].z, 1);
  EXPECT_EQ(cells[2].x, 1);
  EXPECT_EQ(cells[2].y, 1);
  EXPECT_EQ(cells[2].z, 1);
}

TEST(ReadOut, WithoutThresholdDropsEmptyCellsOnly) {
  const std::vector<float> image = {0, 1e-12f, -0.0f};
  std::vector<Cell> cells;
  read_out(image, {1, 1, 3}, 0, cells);
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_EQ(cells[0].z, 1);
}

TEST(ReadOut, LetsNaNThrough) {
  const std::vector<float> image = {std::numeric_limits<float>::quiet_NaN()};
  std::vector<Cell> cells;
  read_out(image, {1, 1, 1}, 1, cells);
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_TRUE(std::isnan(cells[0].energy));
}

}  // namespace
}  // namespace showergan::physics
