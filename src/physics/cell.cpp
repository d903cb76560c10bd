#include "physics/cell.hpp"

namespace showergan::physics {

void read_out(std::span<const float> image, const Grid& grid, double threshold,
              std::vector<Cell>& cells) {
  cells.clear();
  std::size_t i = 0;
  for (std::int32_t x = 0; x < grid.nx; ++x) {
    for (std::int32_t y = 0; y < grid.ny; ++y) {
      for (std::int32_t z = 0; z < grid.nz; ++z, ++i) {
        const double energy = image[i];
        // Written so that a NaN passes: it must surface, not count as empty.
        if (energy == 0 || energy < threshold) continue;
        cells.push_back({x, y, z, energy});
      }
    }
  }
}

}  // namespace showergan::physics
