#include "montecarlo/pair_suppression.hpp"

#include <cmath>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

double stanev_phi(double s) {
  const double s2 = s * s;
  return 1 - std::exp(-6 * s * (1 + (3 - pi) * s) + s2 * s / (0.623 + 0.796 * s + 0.658 * s2));
}

double stanev_psi(double s) {
  const double s2 = s * s;
  return 1 -
         std::exp(-4 * s - 8 * s2 / (1 + 3.936 * s + 4.97 * s2 - 0.05 * s2 * s + 7.5 * s2 * s2));
}

/// ξ(s') between complete suppression's 2 and 1.
double logarithmic_factor(double s, double z) {
  const double s1 = std::sqrt(2.0) * std::cbrt(z * z) / (184.0 * 184.0);
  if (s > 1) return 1;
  if (s <= s1) return 2;
  const double log_s1 = std::log(s1);
  const double h = std::log(s) / log_s1;
  return 1 + h - 0.08 * (1 - h) * h * (2 - h) / log_s1;
}

}  // namespace

double lpm_energy(double radiation_length) {
  return fine_structure * electron_mass * electron_mass / (4 * pi * h_bar_c) * radiation_length;
}

PairSuppression migdal_functions(double s) {
  if (s < 0.01) {
    const double phi = 6 * s * (1 - pi * s);
    return {1, phi, 12 * s - 2 * phi};
  }
  if (s >= 1.9156) {
    const double s4 = s * s * s * s;
    return {1, 1 - 0.011905 / s4, 1 - 0.023065 / s4};
  }
  // Where the two branches of G meet, and where φ's exponential meets its series.
  constexpr double g_joint = 0.415827;
  constexpr double phi_joint = 1.55;
  const double phi = s < phi_joint ? stanev_phi(s) : 1 - 0.011905 / (s * s * s * s);
  if (s < g_joint) return {1, phi, 3 * stanev_psi(s) - 2 * phi};
  return {1, phi,
          std::tanh(-0.160723 + s * (3.755030 + s * (-1.798138 + s * (0.672827 - 0.120772 * s))))};
}

PairSuppression pair_suppression(double lpm_energy, double energy, double sharing, double z) {
  const double s_prime = std::sqrt(lpm_energy / (8 * energy * sharing));
  const double xi = logarithmic_factor(s_prime, z);
  const double s = s_prime / std::sqrt(xi);
  PairSuppression suppression = migdal_functions(s);
  suppression.xi = xi;
  // Migdal's ξ is approximate; there is no enhancement.
  if (xi * suppression.phi > 1 || s > 0.57) suppression.xi = 1 / suppression.phi;
  return suppression;
}

}  // namespace showergan::montecarlo
