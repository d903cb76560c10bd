#pragma once

#include <vector>

#include "shower/detector.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// What the observables of a shower image need to know of the calorimeter.
struct ImageGeometry {
  Grid grid;
  double cell_x = 1;                  ///< mm
  double cell_y = 1;                  ///< mm
  std::vector<double> layer_weights;  ///< grid.nz weights of `response`
  double threshold = 1e-6;            ///< GeV; cells below are read as 0

  /// Cell index of the central cell; that of 25 cells is 12.
  std::int64_t centre_x() const noexcept { return grid.nx / 2; }
  std::int64_t centre_y() const noexcept { return grid.ny / 2; }
  friend bool operator==(const ImageGeometry&, const ImageGeometry&) = default;
};

/// The geometry of a described calorimeter.
ImageGeometry image_geometry(const Detector& detector);

/// For showers of an unknown calorimeter: cells of 1 mm, all layers of equal weight, and the
/// readout threshold of the 3DGAN data, 1e-6 GeV.
ImageGeometry unit_geometry(const Grid& grid);

}  // namespace showergan::physics
