#pragma once

#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/random_stream.hpp"
#include "montecarlo/vector3.hpp"

namespace showergan::montecarlo {

/// The angle θ that high energies leave between a photon and an electron or positron of kinetic
/// energy T which radiates it or comes from it: u = θ (T + m_e)/m_e has L. Urban's approximation to
/// Tsai's density (Rev. Mod. Phys. 46 (1974) 815), a² u [exp(−au) + 27 exp(−3au)]/4 with a = 5/8,
/// and 1 − cos θ = 2 (u/u_max)² with u_max = 2 (1 + T/m_e) (Geant4's G4ModifiedTsai; Geant4 Physics
/// Reference Manual, "Bremsstrahlung: angular distribution").
inline Vector3 tsai_direction(const Vector3& axis, double kinetic, double azimuth,
                              RandomStream& random) {
  constexpr double wide = 1.6;
  const double highest = 2 * (1 + kinetic / electron_mass);
  double u;
  do {
    const double width = random.uniform() < 0.25 ? wide : wide / 3;
    u = -width * std::log(random.uniform() * random.uniform());
  } while (u > highest);
  const double half_sine = u / highest;
  return turned(axis, 1 - 2 * half_sine * half_sine,
                2 * half_sine * std::sqrt(1 - half_sine * half_sine), azimuth);
}

}  // namespace showergan::montecarlo
