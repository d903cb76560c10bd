#pragma once

#include <array>
#include <cstddef>

#include "montecarlo/particle.hpp"

namespace showergan::montecarlo {

/// What comes out of an interaction. Energy is conserved: the particle's kinetic energy is in what
/// it has afterwards, in the secondaries and in the deposit, less 2 m_e where a pair is made and
/// 2 m_e more where a positron vanishes.
struct Interaction {
  /// The particle afterwards: its kinetic energy and direction, unless it is gone.
  bool gone = false;
  double energy = 0;
  Vector3 direction;
  std::array<Particle, 2> secondaries;
  std::size_t count = 0;
  double deposit = 0;  ///< MeV, on the spot (binding energies)

  void add(ParticleKind kind, double kinetic, const Vector3& position, const Vector3& towards) {
    secondaries[count++] = {kind, kinetic, position, towards};
  }
};

}  // namespace showergan::montecarlo
