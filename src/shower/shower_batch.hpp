#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace showergan {

/// Number of cells of a shower image along x, y and z (the depth).
struct Grid {
  std::int64_t nx = 0;
  std::int64_t ny = 0;
  std::int64_t nz = 0;

  std::int64_t cells() const noexcept { return nx * ny * nz; }
  friend bool operator==(const Grid&, const Grid&) = default;
};

/// Some showers on one grid, with what is known of their primaries. Index order of a shower is
/// [x][y][z], z fastest, as in the 3DGAN files.
struct ShowerBatch {
  Grid grid;
  std::vector<float> cells;     ///< (size, nx, ny, nz), GeV
  std::vector<float> energy;    ///< (size), energy of the primary, GeV
  std::vector<float> theta;     ///< (size) or empty: polar angle of the primary, rad
  std::vector<float> phi;       ///< (size) or empty: azimuth of the primary, rad
  std::vector<float> impact_x;  ///< (size) or empty: where the primary hits the front face, mm
  std::vector<float> impact_y;  ///< (size) or empty: the same along y, mm
  std::vector<float> escaped;   ///< (size) or empty: energy that left the calorimeter, GeV

  std::int64_t size() const noexcept { return static_cast<std::int64_t>(energy.size()); }

  /// The image of shower `i`, nx·ny·nz numbers.
  std::span<const float> shower(std::int64_t i) const {
    return std::span(cells).subspan(static_cast<std::size_t>(i * grid.cells()),
                                    static_cast<std::size_t>(grid.cells()));
  }
  std::span<float> shower(std::int64_t i) {
    return std::span(cells).subspan(static_cast<std::size_t>(i * grid.cells()),
                                    static_cast<std::size_t>(grid.cells()));
  }
};

}  // namespace showergan
