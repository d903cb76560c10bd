#include "physics/report/shower_picture.hpp"

#include <algorithm>

namespace showergan::physics {

ShowerFigure::Picture shower_picture(std::span<const float> image, const ImageGeometry& geometry,
                                     std::string title) {
  ShowerFigure::Picture picture = {std::move(title), {}};
  read_out(image, geometry.grid, std::max(kDrawnThreshold, geometry.threshold), picture.cells);
  return picture;
}

}  // namespace showergan::physics
