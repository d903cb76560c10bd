#pragma once

#include <span>
#include <vector>

#include "physics/cell.hpp"
#include "physics/image_geometry.hpp"

namespace showergan::physics {

/// Where the energy of each layer lies across the shower, in mm from the axis of the image: the
/// energy-weighted mean position and the square root of the energy-weighted variance, clipped at 0
/// (CaloChallenge; arXiv:2410.21611, centres of energy and their widths). An empty layer has 0.
struct LayerShape {
  std::vector<double> centre_x;
  std::vector<double> centre_y;
  std::vector<double> width_x;
  std::vector<double> width_y;

  explicit LayerShape(const Grid& grid);
  /// `layer_energy`: energy of each layer, as Slices::z.
  void fill(std::span<const Cell> cells, std::span<const double> layer_energy,
            const ImageGeometry& geometry);
};

}  // namespace showergan::physics
