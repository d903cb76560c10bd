#include "montecarlo/lpm_functions.hpp"

#include <cmath>

namespace showergan::montecarlo {

double lpm_phi(double s) {
  if (s < 0.01) return 6 * s * (1 - pi * s);
  if (s < 1.55) {
    const double tail = s * s * s / (0.623 + s * (0.796 + s * 0.658));
    return 1 - std::exp(-6 * s * (1 + (3 - pi) * s) + tail);
  }
  return 1 - 0.01190476 / (s * s * s * s);
}

double lpm_g(double s) {
  if (s < 0.01) return 12 * s - 2 * lpm_phi(s);
  if (s < 0.415827) {
    const double tail = 8 * s * s / (1 + s * (3.936 + s * (4.97 + s * (-0.05 + s * 7.5))));
    return 3 * (1 - std::exp(-4 * s - tail)) - 2 * lpm_phi(s);
  }
  if (s < 1.9156) {
    return std::tanh(-0.160723 + s * (3.75503 + s * (-1.798138 + s * (0.672827 - s * 0.120772))));
  }
  return 1 - 0.0230655 / (s * s * s * s);
}

LpmFactors lpm_factors(int z, double y, double ratio, double dielectric) {
  const double root = std::cbrt(static_cast<double>(z)) / 184.15;
  const double s1 = root * root;
  const double s_prime = std::sqrt(ratio * y / (8 * (1 - y)));
  double xi = 2;
  if (s_prime > 1) {
    xi = 1;
  } else if (s_prime > std::sqrt(2.0) * s1) {
    const double scale = std::log(std::sqrt(2.0) * s1);
    const double h = std::log(s_prime) / scale;
    xi = 1 + h - 0.08 * (1 - h) * h * (2 - h) / scale;
  }
  const double s = s_prime / std::sqrt(xi) * (1 + dielectric);
  xi = s > 1 ? 1 : s > s1 ? 1 + std::log(s) / std::log(s1) : 2;
  const double phi = lpm_phi(s);
  // Where Migdal's approximation of ξ would make the suppression an enhancement.
  if (xi * phi > 1 || s > 0.57) xi = 1 / phi;
  return {xi, phi, lpm_g(s)};
}

}  // namespace showergan::montecarlo
