#pragma once

#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/particle.hpp"

namespace showergan::montecarlo {

/// Per unit of the transfer, 1/(mm MeV), in the textbooks' forms: Møller's
/// 2π r_e² m n_e /(β² T²) [1/x² + 1/(1−x)² + ((γ−1)/γ)² − (2γ−1)/γ² /(x (1−x))], and Bhabha's
/// 2π r_e² m n_e /T² [1/(β²x²) − B₁/x + B₂ − B₃x + B₄x²].
inline double collision_cross_section(const Medium& medium, ParticleKind kind, double energy,
                                      double transfer) {
  const double gamma = 1 + energy / electron_mass;
  const double beta2 = 1 - 1 / (gamma * gamma);
  const double x = transfer / energy;
  const double factor = two_pi_r2_mass * medium.electron_density / (energy * energy);
  if (kind == ParticleKind::electron) {
    return factor / beta2 *
           (1 / (x * x) + 1 / ((1 - x) * (1 - x)) + std::pow((gamma - 1) / gamma, 2) -
            (2 * gamma - 1) / (gamma * gamma) / (x * (1 - x)));
  }
  const double y = 1 / (gamma + 1);
  return factor *
         (1 / (beta2 * x * x) - (2 - y * y) / x + (1 - 2 * y) * (3 + y * y) -
          (std::pow(1 - 2 * y, 2) + std::pow(1 - 2 * y, 3)) * x + std::pow(1 - 2 * y, 3) * x * x);
}

}  // namespace showergan::montecarlo
