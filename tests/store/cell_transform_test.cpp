#include "store/cell_transform.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace showergan {
namespace {

std::vector<float> applied(const CellTransform& transform, std::vector<float> cells) {
  transform.apply(cells);
  return cells;
}

TEST(CellTransformTest, DoesNothingByDefault) {
  EXPECT_EQ(applied({}, {0, 1e-9F, 2}), (std::vector<float>{0, 1e-9F, 2}));
}

TEST(CellTransformTest, CellsAtTheThresholdStay) {
  EXPECT_EQ(applied({.threshold = 0.5F}, {0.4F, 0.5F, 0.6F}), (std::vector<float>{0, 0.5F, 0.6F}));
}

TEST(CellTransformTest, ThresholdIsInGeVAndScaleIsInsideThePower) {
  const std::vector<float> cells = applied({0.5F, 100, 0.85F}, {0, 0.4F, 0.5F, 2});
  EXPECT_EQ(cells[0], 0.0F);
  EXPECT_EQ(cells[1], 0.0F);
  EXPECT_FLOAT_EQ(cells[2], std::pow(50.0F, 0.85F));
  EXPECT_FLOAT_EQ(cells[3], std::pow(200.0F, 0.85F));
}

}  // namespace
}  // namespace showergan
