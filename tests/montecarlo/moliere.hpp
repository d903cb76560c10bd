#pragma once

#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/gauss_legendre.hpp"
#include "montecarlo/medium.hpp"

namespace showergan::montecarlo {

/// Of an electron, MeV.
inline double momentum(double energy) {
  return std::sqrt(energy * (energy + 2 * electron_mass));
}

/// Over that of light.
inline double velocity(double energy) {
  return momentum(energy) / (energy + electron_mass);
}

/// Molière's theory of small angles, in an element: dσ ∝ χ_c² θ dθ / (θ² + χ_a²)², with Z(Z + 1)
/// for the electrons (G. Molière, Z. Naturforsch. 3a (1948) 78; H. A. Bethe, Phys. Rev. 89 (1953)
/// 1256).
class Moliere {
 public:
  Moliere(const Medium& medium, double energy, double path) {
    const double z = medium.elements.front().z;
    const double pv = momentum(energy) * velocity(energy);
    strength_ =
        0.157 * z * (z + 1) / medium.elements.front().mass * path * medium.density / 10 / (pv * pv);
    const double thomas_fermi =
        fine_structure * electron_mass * std::cbrt(z) / (0.885 * momentum(energy));
    const double a = fine_structure * z / velocity(energy);
    screening_ = thomas_fermi * thomas_fermi * (1.13 + 3.76 * a * a);
    const double radius = 1.27e-12 * std::pow(medium.elements.front().mass, 0.27);
    soft_ = std::pow(momentum(energy) * radius / h_bar_c, 2) / 12;
    nucleus_ = z / (z + 1);
  }

  /// The angle at which the core has fallen to 1/e: χ_c √(B − 1.2) (A. O. Hanson et al., Phys. Rev.
  /// 84 (1951) 634).
  double core() const {
    const double b = std::log(strength_ / (1.167 * screening_));
    double big_b = b;
    for (int i = 0; i < 60; ++i) big_b = b + std::log(big_b);
    return std::sqrt(strength_ * (big_b - 1.2));
  }

  /// P(> θ) = 1 − θ ∫ J₁(ηθ) exp(−Ω(η)) dη, Ω(η) = ∫ (1 − J₀(ηθ)) dσ, exactly and with the nucleus'
  /// form factor.
  double beyond(double theta) const {
    const double end = 8 / std::sqrt(strength_);
    const auto part = [&](double eta) {
      return theta * std::cyl_bessel_j(1.0, eta * theta) * std::exp(-exponent(eta));
    };
    // Half an oscillation of J₁ has eight points or more.
    return 1 - gauss_legendre(part, 0, end, 12 + static_cast<int>(end * theta / pi));
  }

 private:
  double exponent(double eta) const {
    constexpr int steps = 300;
    const double first = std::log(1e-2 * std::sqrt(screening_));
    const double d = (std::log(2.0) - first) / steps;
    double sum = 0;
    for (int i = 0; i < steps; ++i) {
      const double theta2 = std::exp(2 * (first + (i + 0.5) * d));
      const double form = std::pow(1 + soft_ * theta2, -4) * nucleus_ + 1 - nucleus_;
      const double j0 = std::cyl_bessel_j(0.0, eta * std::sqrt(theta2));
      sum += 2 * strength_ * theta2 / std::pow(theta2 + screening_, 2) * form * (1 - j0);
    }
    return sum * d;
  }

  double strength_;   // χ_c²
  double screening_;  // χ_a²
  double soft_;
  double nucleus_;
};

}  // namespace showergan::montecarlo
