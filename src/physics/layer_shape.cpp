#include "physics/layer_shape.hpp"

#include <algorithm>
#include <cmath>

namespace showergan::physics {
namespace {

/// From sums of energy × position and energy × position² to mean and width, in place.
void finish(std::span<double> centre, std::span<double> width, std::span<const double> energy) {
  for (std::size_t layer = 0; layer < energy.size(); ++layer) {
    if (energy[layer] <= 0) continue;
    centre[layer] /= energy[layer];
    const double variance = width[layer] / energy[layer] - centre[layer] * centre[layer];
    width[layer] = std::sqrt(std::max(0.0, variance));
  }
}

}  // namespace

LayerShape::LayerShape(const Grid& grid)
    : centre_x(static_cast<std::size_t>(grid.nz)),
      centre_y(centre_x),
      width_x(centre_x),
      width_y(centre_x) {}

void LayerShape::fill(std::span<const Cell> cells, std::span<const double> layer_energy,
                      const ImageGeometry& geometry) {
  for (auto* values : {&centre_x, &centre_y, &width_x, &width_y}) std::ranges::fill(*values, 0.0);
  const double axis_x = 0.5 * static_cast<double>(geometry.grid.nx - 1);
  const double axis_y = 0.5 * static_cast<double>(geometry.grid.ny - 1);
  for (const Cell& cell : cells) {
    const auto layer = static_cast<std::size_t>(cell.z);
    const double x = (cell.x - axis_x) * geometry.cell_x;
    const double y = (cell.y - axis_y) * geometry.cell_y;
    centre_x[layer] += cell.energy * x;
    centre_y[layer] += cell.energy * y;
    width_x[layer] += cell.energy * x * x;
    width_y[layer] += cell.energy * y * y;
  }
  finish(centre_x, width_x, layer_energy);
  finish(centre_y, width_y, layer_energy);
}

}  // namespace showergan::physics
