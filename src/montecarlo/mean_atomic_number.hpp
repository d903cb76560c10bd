#pragma once

#include "montecarlo/medium.hpp"

namespace showergan::montecarlo {

/// Electrons per atom: the effective Z that parametrisations go by.
inline double mean_atomic_number(const Medium& medium) {
  double atoms = 0;
  for (const MediumElement& element : medium.elements) atoms += element.density;
  return medium.electron_density / atoms;
}

}  // namespace showergan::montecarlo
