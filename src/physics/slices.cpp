#include "physics/slices.hpp"

#include <algorithm>

namespace showergan::physics {

Slices::Slices(const Grid& grid)
    : x(static_cast<std::size_t>(grid.nx)),
      y(static_cast<std::size_t>(grid.ny)),
      z(static_cast<std::size_t>(grid.nz)) {}

void Slices::fill(std::span<const Cell> cells) {
  std::ranges::fill(x, 0.0);
  std::ranges::fill(y, 0.0);
  std::ranges::fill(z, 0.0);
  for (const Cell& cell : cells) {
    x[static_cast<std::size_t>(cell.x)] += cell.energy;
    y[static_cast<std::size_t>(cell.y)] += cell.energy;
    z[static_cast<std::size_t>(cell.z)] += cell.energy;
  }
}

}  // namespace showergan::physics
