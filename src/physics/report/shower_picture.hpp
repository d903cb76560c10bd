#pragma once

#include <span>
#include <string>

#include "physics/image_geometry.hpp"
#include "physics/report/figure.hpp"

namespace showergan::physics {

/// Cells below are not drawn: the threshold of hits in the papers of 3DGAN, GeV.
inline constexpr double kDrawnThreshold = 3e-4;

/// A shower for a ShowerFigure: the cells of `image` ([x][y][z], GeV) from kDrawnThreshold on, or
/// from the readout threshold if that is higher.
ShowerFigure::Picture shower_picture(std::span<const float> image, const ImageGeometry& geometry,
                                     std::string title);

}  // namespace showergan::physics
