#include "montecarlo/pair_suppression.hpp"

#include <cmath>

namespace showergan::montecarlo {
namespace {

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

LpmFactors pair_suppression(double lpm_energy, double energy, double sharing, double z) {
  const double s_prime = std::sqrt(lpm_energy / (8 * energy * sharing));
  const double xi = logarithmic_factor(s_prime, z);
  const double s = s_prime / std::sqrt(xi);
  const double phi = lpm_phi(s);
  // Migdal's ξ is approximate; there is no enhancement.
  return {xi * phi > 1 || s > 0.57 ? 1 / phi : xi, phi, lpm_g(s)};
}

}  // namespace showergan::montecarlo
