#include "physics/layer_shape.hpp"

#include <gtest/gtest.h>

#include "physics/slices.hpp"

namespace showergan::physics {
namespace {

LayerShape shape_of(const std::vector<Cell>& cells, const ImageGeometry& geometry) {
  Slices slices(geometry.grid);
  slices.fill(cells);
  LayerShape shape(geometry.grid);
  shape.fill(cells, slices.z, geometry);
  return shape;
}

TEST(LayerShape, IsInMillimetresFromTheAxis) {
  ImageGeometry geometry = unit_geometry({5, 3, 2});
  geometry.cell_x = 2;
  geometry.cell_y = 10;
  const LayerShape shape = shape_of({{4, 0, 1, 7}}, geometry);
  EXPECT_DOUBLE_EQ(shape.centre_x[1], 4);
  EXPECT_DOUBLE_EQ(shape.centre_y[1], -10);
  EXPECT_DOUBLE_EQ(shape.width_x[1], 0);
  EXPECT_EQ(shape.centre_x[0], 0);  // an empty layer
  EXPECT_EQ(shape.width_x[0], 0);
}

TEST(LayerShape, WidthOfTwoCellsIsHalfTheirDistance) {
  const LayerShape shape = shape_of({{0, 1, 0, 3}, {4, 1, 0, 3}}, unit_geometry({5, 3, 1}));
  EXPECT_DOUBLE_EQ(shape.centre_x[0], 0);
  EXPECT_DOUBLE_EQ(shape.width_x[0], 2);
  EXPECT_DOUBLE_EQ(shape.width_y[0], 0);
}

TEST(LayerShape, AxisOfAnEvenGridLiesBetweenCells) {
  EXPECT_DOUBLE_EQ(shape_of({{2, 0, 0, 1}}, unit_geometry({4, 1, 1})).centre_x[0], 0.5);
}

TEST(LayerShape, RoundingNeverGivesANegativeVariance) {
  const LayerShape shape = shape_of({{24, 0, 0, 0.1}, {24, 1, 0, 0.7}}, unit_geometry({25, 25, 1}));
  EXPECT_GE(shape.width_x[0], 0);
  EXPECT_LT(shape.width_x[0], 1e-6);
}

}  // namespace
}  // namespace showergan::physics
