#include "physics/image_geometry.hpp"

namespace showergan::physics {

ImageGeometry image_geometry(const Detector& detector) {
  return {detector.grid, detector.cell_x, detector.cell_y, detector.layer_weights(),
          detector.readout_threshold};
}

ImageGeometry unit_geometry(const Grid& grid) {
  ImageGeometry geometry;
  geometry.grid = grid;
  geometry.layer_weights.assign(static_cast<std::size_t>(grid.nz), 1.0);
  return geometry;
}

}  // namespace showergan::physics
