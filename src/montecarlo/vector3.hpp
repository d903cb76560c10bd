#pragma once

#include <cmath>

namespace showergan::montecarlo {

/// A place in mm, or a direction of length 1.
struct Vector3 {
  double x = 0;
  double y = 0;
  double z = 0;

  friend constexpr Vector3 operator+(const Vector3& a, const Vector3& b) {
    return {a.x + b.x, a.y + b.y, a.z + b.z};
  }
  friend constexpr Vector3 operator-(const Vector3& a, const Vector3& b) {
    return {a.x - b.x, a.y - b.y, a.z - b.z};
  }
  friend constexpr Vector3 operator*(double factor, const Vector3& a) {
    return {factor * a.x, factor * a.y, factor * a.z};
  }
  friend constexpr bool operator==(const Vector3&, const Vector3&) = default;
};

constexpr double dot(const Vector3& a, const Vector3& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

/// Of the same direction, of length 1.
inline Vector3 normalized(const Vector3& a) {
  return 1 / std::sqrt(dot(a, a)) * a;
}

/// A direction given by its polar angle and azimuth around `axis` (of length 1), in the frame
/// outside. `sine` is that of the polar angle: at small angles the cosine does not give it.
inline Vector3 turned(const Vector3& axis, double cosine, double sine, double azimuth) {
  const double x = sine * std::cos(azimuth);
  const double y = sine * std::sin(azimuth);
  const double across = axis.x * axis.x + axis.y * axis.y;
  if (across < 1e-24) return {x, axis.z < 0 ? -y : y, axis.z < 0 ? -cosine : cosine};
  const double p = std::sqrt(across);
  const double along_p = x * axis.z + cosine * p;  // in the plane of the axis and z
  return normalized({(along_p * axis.x - y * axis.y) / p, (along_p * axis.y + y * axis.x) / p,
                     cosine * axis.z - x * p});
}

}  // namespace showergan::montecarlo
