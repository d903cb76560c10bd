#include "shower/binning.hpp"

#include <algorithm>

namespace showergan {

Grid Binning::grid() const {
  Grid grid{0, 0, static_cast<std::int64_t>(layers.size())};
  for (const BinningLayer& layer : layers) {
    grid.nx = std::max(grid.nx, layer.rings());
    grid.ny = std::max(grid.ny, layer.sectors);
  }
  return grid;
}

std::int64_t Binning::voxels() const {
  std::int64_t sum = 0;
  for (const BinningLayer& layer : layers) sum += layer.voxels();
  return sum;
}

std::vector<std::int64_t> Binning::image_positions() const {
  const Grid whole = grid();
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(voxels()));
  for (std::int64_t z = 0; z < whole.nz; ++z) {
    const BinningLayer& layer = layers[static_cast<std::size_t>(z)];
    for (std::int64_t sector = 0; sector < layer.sectors; ++sector) {
      for (std::int64_t ring = 0; ring < layer.rings(); ++ring) {
        positions.push_back((ring * whole.ny + sector) * whole.nz + z);
      }
    }
  }
  return positions;
}

}  // namespace showergan
