#include "montecarlo/mesh_map.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

std::int64_t sector_of(const ShowerAxis::Across& across, std::int64_t sectors) {
  if (sectors == 1) return 0;
  const double turn = (std::atan2(across.y, across.x) + pi) / two_pi;
  const auto sector = static_cast<std::int64_t>(turn * static_cast<double>(sectors));
  return std::min(sector, sectors - 1);  // the angle π itself
}

}  // namespace

MeshMap::MeshMap(const Binning& binning) : grid_(binning.grid()) {
  for (const BinningLayer& layer : binning.layers) {
    Rings& rings = layers_.emplace_back();
    rings.sectors = layer.sectors;
    for (const double edge : layer.r_edges) rings.squared_edges.push_back(edge * edge);
  }
}

std::int64_t MeshMap::place(const ShowerAxis::Across& across, std::int64_t layer) const {
  const Rings& rings = layers_[static_cast<std::size_t>(layer)];
  const std::vector<double>& edges = rings.squared_edges;
  const double squared = across.x * across.x + across.y * across.y;
  const std::int64_t ring = std::ranges::upper_bound(edges, squared) - edges.begin() - 1;
  if (ring < 0 || ring + 1 == std::ssize(edges)) return -1;
  return (ring * grid_.ny + sector_of(across, rings.sectors)) * grid_.nz + layer;
}

}  // namespace showergan::montecarlo
