#include "store/binning.hpp"

#include <fmt/format.h>

namespace showergan {

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
