#pragma once

#include <cmath>

#include "montecarlo/vector3.hpp"

namespace showergan::montecarlo {

/// The line along which a primary comes, and the axes of its shower across that line: x' is the
/// direction in which the polar angle grows, y' that in which the azimuth does; they are x and y if
/// the line is along z. These are the axes of Geant4's example Par04 (Par04SensitiveDetector:
/// turned by −φ about z, then by −θ about y), with which data sets 2 and 3 of the CaloChallenge
/// were made.
class ShowerAxis {
 public:
  /// A place across the line, mm.
  struct Across {
    double x;
    double y;
  };

  /// Along z, through the origin.
  ShowerAxis() = default;

  /// From `impact` (mm) along `direction`, of length 1.
  ShowerAxis(const Vector3& impact, const Vector3& direction) : impact_(impact) {
    const double sine = std::hypot(direction.x, direction.y);
    if (sine < 1e-12) return;
    y_ = {-direction.y / sine, direction.x / sine, 0};
    x_ = {y_.y * direction.z, -y_.x * direction.z, -sine};
  }

  const Vector3& impact() const { return impact_; }

  /// Where a place is across the line: its distance from the line is that of this from 0.
  Across across(const Vector3& position) const {
    const Vector3 from = position - impact_;
    return {dot(from, x_), dot(from, y_)};
  }

 private:
  Vector3 impact_;
  Vector3 x_{1, 0, 0};
  Vector3 y_{0, 1, 0};
};

}  // namespace showergan::montecarlo
