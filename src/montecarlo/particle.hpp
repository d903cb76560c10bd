#pragma once

#include <cstdint>

#include "montecarlo/vector3.hpp"

namespace showergan::montecarlo {

enum class ParticleKind : std::uint8_t { photon, electron, positron };

/// A particle on its way.
struct Particle {
  ParticleKind kind = ParticleKind::photon;
  double energy = 0;  ///< kinetic, MeV
  Vector3 position;   ///< mm
  Vector3 direction;  ///< of length 1
};

}  // namespace showergan::montecarlo
