#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "montecarlo/medium_physics.hpp"
#include "montecarlo/settings.hpp"
#include "montecarlo/vector3.hpp"
#include "shower/detector.hpp"

namespace showergan::montecarlo {

/// A plate between two planes across z.
struct Plate {
  double front;  ///< z, mm
  double back;
  std::uint32_t medium;  ///< number of its medium
  std::int32_t layer;    ///< of the image; −1 behind the last one
  bool sensitive;
  double birks;  ///< mm/MeV; 0 for none

  /// Distance from a place inside to the nearer of the planes, mm; not below 0.
  double safety(double z) const { return std::max(0.0, std::min(z - front, back - z)); }
};

/// The plates of a detector with the physics of their media. The first one begins at z = 0; outside
/// of all is nothing.
class Calorimeter {
 public:
  Calorimeter(const Detector& detector, const Settings& settings);

  const std::vector<Plate>& plates() const { return plates_; }
  const MediumPhysics& medium(const Plate& plate) const { return *media_[plate.medium]; }
  /// Distance from a place to the nearest of the four sides, mm; negative beside the plates.
  double distance_to_side(const Vector3& position) const {
    return std::min(half_width_x_ - std::abs(position.x), half_width_y_ - std::abs(position.y));
  }
  /// The same along a direction, from a place that is not beside the plates.
  double distance_to_side(const Vector3& position, const Vector3& direction) const;

 private:
  std::vector<std::unique_ptr<const MediumPhysics>> media_;
  std::vector<Plate> plates_;
  double half_width_x_;
  double half_width_y_;
};

}  // namespace showergan::montecarlo
