#pragma once

#include "montecarlo/medium_physics.hpp"
#include "shower/detector.hpp"

namespace showergan::montecarlo::test {

inline Material material(const std::string& symbol, double density) {
  return {symbol, density, {{symbol, 1.0}}, 0, 0};
}

/// Made once: all processes of a medium take tens of milliseconds.
inline const MediumPhysics& tungsten() {
  static const MediumPhysics physics(material("W", 19.3), {});
  return physics;
}

inline const MediumPhysics& silicon() {
  static const MediumPhysics physics(material("Si", 2.33), {});
  return physics;
}

}  // namespace showergan::montecarlo::test
