#include "store/binning.hpp"

#include <algorithm>

#include <fmt/format.h>

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

std::string binning_xml(const Binning& binning) {
  std::string text = fmt::format("<Bins>\n  <Bin name=\"{}\">\n", binning.particle);
  for (const BinningLayer& layer : binning.layers) {
    text += fmt::format("    <Layer id=\"{}\" r_edges=\"{}\" n_bin_alpha=\"{}\"/>\n", layer.id,
                        fmt::join(layer.r_edges, ","), layer.sectors);
  }
  return text + "  </Bin>\n</Bins>\n";
}

Binning cartesian_binning(const Grid& grid) {
  BinningLayer layer;
  for (std::int64_t x = 0; x <= grid.nx; ++x) layer.r_edges.push_back(static_cast<double>(x));
  layer.sectors = grid.ny;
  Binning binning;
  binning.particle = "cartesian";
  for (layer.id = 0; layer.id < grid.nz; ++layer.id) binning.layers.push_back(layer);
  return binning;
}

std::filesystem::path binning_path(const std::filesystem::path& shower_file) {
  std::filesystem::path path = shower_file;
  return path.replace_extension(".binning.xml");
}

}  // namespace showergan
