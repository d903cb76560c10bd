#include "physics/calochallenge/layer_quantity.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

const Binning kBinning = {"e", {{0, {0, 2, 6}, 4}}};

/// Of an image [ring][sector][layer] in GeV.
double measured(const std::vector<float>& image, LayerQuantity quantity, double threshold = 0) {
  return measure_layer(image, voxel_layers(kBinning)[0],
                       threshold)[static_cast<std::size_t>(quantity)];
}

TEST(LayerQuantities, OfTwoVoxels) {
  // 1 MeV at ring 0 and 3 MeV at ring 1 of the sector around -3/4 pi, 1 and 4 mm from the axis.
  const std::vector<float> image = {0.001f, 0, 0, 0, 0.003f, 0, 0, 0};
  const double x = -1 / std::sqrt(2.0);
  EXPECT_NEAR(measured(image, LayerQuantity::energy), 4, 1e-6);
  EXPECT_NEAR(measured(image, LayerQuantity::centre_eta), 3.25 * x, 1e-6);
  EXPECT_NEAR(measured(image, LayerQuantity::centre_phi), 3.25 * x, 1e-6);
  EXPECT_NEAR(measured(image, LayerQuantity::width_eta), std::sqrt(27.0 / 16 / 2), 1e-6);
  EXPECT_NEAR(measured(image, LayerQuantity::centre_r), 3.25, 1e-6);
  EXPECT_NEAR(measured(image, LayerQuantity::width_r), std::sqrt(27.0 / 16), 1e-6);
  EXPECT_EQ(measured(image, LayerQuantity::sparsity), 0.75);
}

TEST(LayerQuantities, VoxelsBelowTheThresholdAreEmpty) {
  const std::vector<float> image = {0.001f, 0, 0, 0, 0.003f, 0, 0, 0};
  EXPECT_NEAR(measured(image, LayerQuantity::energy, 2), 3, 1e-6);
  EXPECT_EQ(measured(image, LayerQuantity::sparsity, 2), 0.875);
  EXPECT_NEAR(measured(image, LayerQuantity::width_r, 2), 0, 1e-6);
}

TEST(LayerQuantities, OfAnEmptyLayerAreZero) {
  const std::vector<float> image(8);
  for (const LayerQuantity quantity : kAllLayerQuantities) {
    EXPECT_EQ(measured(image, quantity), quantity == LayerQuantity::sparsity ? 1 : 0);
  }
}

TEST(LayerQuantities, OfTheAngleNeedSectors) {
  const VoxelLayer ring = voxel_layers({"e", {{0, {0, 2}, 1}}})[0];
  EXPECT_FALSE(is_measured(LayerQuantity::centre_eta, ring));
  EXPECT_FALSE(is_measured(LayerQuantity::width_phi, ring));
  EXPECT_TRUE(is_measured(LayerQuantity::width_r, ring));
  EXPECT_TRUE(is_measured(LayerQuantity::centre_eta, voxel_layers(kBinning)[0]));
}

}  // namespace
}  // namespace showergan::physics
