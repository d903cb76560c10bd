#include "physics/calochallenge/voxel_layer.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>

namespace showergan::physics {
namespace {

double middle(double low, double high) {
  return low + (high - low) / 2;
}

double sector_centre(std::int64_t sector, std::int64_t sectors) {
  constexpr double kPi = std::numbers::pi;
  const double width = 2 * kPi / static_cast<double>(sectors);
  return middle(-kPi + static_cast<double>(sector) * width,
                -kPi + static_cast<double>(sector + 1) * width);
}

}  // namespace

std::vector<VoxelLayer> voxel_layers(const Binning& binning) {
  const std::vector<std::int64_t> positions = binning.image_positions();
  auto position = positions.begin();
  std::vector<VoxelLayer> layers;
  for (const BinningLayer& layer : binning.layers) {
    VoxelLayer voxels;
    voxels.id = layer.id;
    voxels.sectors = layer.sectors > 1;
    for (std::int64_t sector = 0; sector < layer.sectors; ++sector) {
      const double angle = sector_centre(sector, layer.sectors);
      for (std::size_t ring = 0; ring + 1 < layer.r_edges.size(); ++ring) {
        const double radius = middle(layer.r_edges[ring], layer.r_edges[ring + 1]);
        voxels.cell.push_back(static_cast<std::size_t>(*position++));
        voxels.eta.push_back(radius * std::cos(angle));
        voxels.phi.push_back(radius * std::sin(angle));
        voxels.radius.push_back(radius);
      }
    }
    layers.push_back(std::move(voxels));
  }
  return layers;
}

}  // namespace showergan::physics
