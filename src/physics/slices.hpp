#pragma once

#include <span>
#include <vector>

#include "physics/cell.hpp"

namespace showergan::physics {

/// Energy in each slice of a shower, GeV: the projections of the image on the three axes. The
/// slices along z are the layers (METRICS: `slice_x`, `slice_y`, `slice_z`, `layer_energy`).
struct Slices {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> z;

  explicit Slices(const Grid& grid);
  void fill(std::span<const Cell> cells);
};

}  // namespace showergan::physics
