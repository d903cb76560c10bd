#include "physics/calochallenge/voxel_layer.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(VoxelLayers, HaveTheirVoxelsInTheOrderOfTheFile) {
  const Binning binning = {"e", {{0, {0, 2, 6}, 4}, {7, {0, 10}, 1}}};
  const auto layers = voxel_layers(binning);
  ASSERT_EQ(layers.size(), 2u);
  EXPECT_EQ(layers[0].cell.size(), 8u);
  EXPECT_TRUE(layers[0].sectors);
  EXPECT_EQ(layers[1].id, 7);
  EXPECT_FALSE(layers[1].sectors);
  // The first sector is centred at -3/4 pi, rings of 1 and 4 mm come first.
  const double diagonal = std::cos(0.75 * std::numbers::pi);
  EXPECT_NEAR(layers[0].eta[0], diagonal, 1e-12);
  EXPECT_NEAR(layers[0].phi[0], diagonal, 1e-12);
  EXPECT_NEAR(layers[0].eta[1], 4 * diagonal, 1e-12);
  EXPECT_NEAR(layers[0].eta[2], -diagonal, 1e-12) << "the next sector is at -1/4 pi";
  EXPECT_NEAR(layers[0].phi[2], diagonal, 1e-12);
  EXPECT_EQ(layers[0].radius[3], 4);
  EXPECT_EQ(layers[1].radius[0], 5);
}

TEST(VoxelLayers, PointIntoTheImage) {
  const Binning binning = {"e", {{0, {0, 2, 6}, 4}, {7, {0, 10}, 1}}};
  const auto layers = voxel_layers(binning);
  // [ring][sector][layer] of a grid of 2 x 4 x 2.
  EXPECT_EQ(layers[0].cell[1], 8u) << "ring 1, sector 0, layer 0";
  EXPECT_EQ(layers[0].cell[2], 2u) << "ring 0, sector 1, layer 0";
  EXPECT_EQ(layers[1].cell[0], 1u);
}

}  // namespace
}  // namespace showergan::physics
