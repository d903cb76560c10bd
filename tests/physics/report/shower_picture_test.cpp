#include "physics/report/shower_picture.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(ShowerPicture, HoldsTheCellsAboveTheThreshold) {
  const std::vector<float> image = {0, 2e-4f, 4e-4f, 0.1f};
  ImageGeometry geometry = unit_geometry({1, 2, 2});
  const auto picture = shower_picture(image, geometry, "title");
  EXPECT_EQ(picture.title, "title");
  ASSERT_EQ(picture.cells.size(), 2u);
  EXPECT_EQ(picture.cells[0].y, 1);
  EXPECT_EQ(picture.cells[0].z, 0);
  geometry.threshold = 0.01;
  EXPECT_EQ(shower_picture(image, geometry, "").cells.size(), 1u);
}

}  // namespace
}  // namespace showergan::physics
