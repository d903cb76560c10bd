#include "gan/image_check.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace showergan::gan {
namespace {

TEST(ImageCheck, DifferentImagesAreFine) {
  const std::vector<float> cells = {1, 0, 2, 0, 1, 2};
  const ImageCheck check = check_images(cells, 2);
  EXPECT_FALSE(check.empty);
  EXPECT_FALSE(check.identical);
}

TEST(ImageCheck, ImagesWithoutEnergyAreEmptyAndNothingElse) {
  const ImageCheck check = check_images(std::vector<float>(6), 2);
  EXPECT_TRUE(check.empty);
  EXPECT_FALSE(check.identical);
}

TEST(ImageCheck, OneCellWithEnergyIsNotEmpty) {
  std::vector<float> cells(6);
  cells[4] = 1e-30f;
  EXPECT_FALSE(check_images(cells, 2).empty);
}

TEST(ImageCheck, ImagesThatDifferInScaleOnlyAreIdentical) {
  EXPECT_TRUE(check_images(std::vector<float>{1, 0, 2, 3, 0, 6, 0.1f, 0, 0.2f}, 3).identical);
}

TEST(ImageCheck, OneDifferentImageIsEnough) {
  EXPECT_FALSE(check_images(std::vector<float>{1, 0, 2, 3, 0, 6, 3, 0.001f, 6}, 3).identical);
}

TEST(ImageCheck, AnEmptyImageBesideAFullOneIsNotIdentical) {
  EXPECT_FALSE(check_images(std::vector<float>{1, 0, 2, 0, 0, 0}, 2).identical);
  EXPECT_FALSE(check_images(std::vector<float>{0, 0, 0, 1, 0, 2}, 2).identical);
}

TEST(ImageCheck, OneImageIsNotIdenticalToAnything) {
  EXPECT_FALSE(check_images(std::vector<float>{1, 0, 2}, 1).identical);
}

TEST(ImageCheck, CellsThatAreNoNumbersAreNeitherEmptyNorIdentical) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const ImageCheck check = check_images(std::vector<float>(6, nan), 2);
  EXPECT_FALSE(check.empty);
  EXPECT_FALSE(check.identical);
}

}  // namespace
}  // namespace showergan::gan
