#pragma once

#include "montecarlo/constants.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// A direction in a plane.
struct Azimuth {
  double cosine;
  double sine;

  /// The angles added.
  friend constexpr Azimuth operator+(const Azimuth& a, const Azimuth& b) {
    return {a.cosine * b.cosine - a.sine * b.sine, a.sine * b.cosine + a.cosine * b.sine};
  }
  constexpr Azimuth doubled() const {
    return {(cosine - sine) * (cosine + sine), 2 * sine * cosine};
  }
};

/// A uniform one: a quarter of the angle, at most π/4 in size, by series that end below 1e-11, is
/// doubled twice. Half the time of the library's functions, and no branch on a random number.
inline Azimuth random_azimuth(RandomStream& random) {
  const double x = (random.uniform() - 0.5) * (pi / 2);
  const double x2 = x * x;
  const double x4 = x2 * x2;
  const double sine =
      x * ((1 - x2 / 6) + x4 * ((1.0 / 120 - x2 / 5040) + x4 * (1.0 / 362880 - x2 / 39916800)));
  const double cosine = (1 - x2 / 2) + x4 * ((1.0 / 24 - x2 / 720) +
                                             x4 * ((1.0 / 40320 - x2 / 3628800) + x4 / 479001600));
  return Azimuth{cosine, sine}.doubled().doubled();
}

}  // namespace showergan::montecarlo
