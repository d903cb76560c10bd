#include "montecarlo/scaled_bremsstrahlung.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "montecarlo/bremsstrahlung_coefficients.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr std::size_t energy_terms = 13;
constexpr std::size_t photon_polynomials = 7;
constexpr std::size_t photon_terms = 11;
constexpr std::size_t element_terms = 5;

/// Chebyshev's polynomials at x.
template <std::size_t count>
std::array<double, count> chebyshev(double x) {
  std::array<double, count> values = {1, x};
  for (std::size_t i = 2; i < count; ++i) values[i] = 2 * x * values[i - 1] - values[i - 2];
  return values;
}

/// Whether the fit has the term: products of high orders are left out.
constexpr bool has_term(std::size_t i, std::size_t j, std::size_t l) {
  const double photon_order = j < photon_polynomials ? static_cast<double>(j) / 6
                              : j + 1 < photon_terms ? 0.35
                                                     : 0.5;
  return static_cast<double>(i) / 12 + photon_order + static_cast<double>(l) / 4 < 1.2 + 1e-9;
}

struct Kinematics {
  double total;     // MeV
  double momentum;  // MeV
  double velocity;  // of light's
};

Kinematics kinematics(double kinetic) {
  const double total = kinetic + electron_mass;
  const double momentum = std::sqrt(kinetic * (kinetic + 2 * electron_mass));
  return {total, momentum, momentum / total};
}

}  // namespace

ScaledBremsstrahlung::ScaledBremsstrahlung(int z, double energy)
    : z_(z), energy_(std::clamp(energy, 1e-3, 1e3)) {
  const auto p = chebyshev<energy_terms>(std::log(energy_ / 1e-3) / std::log(1e6) * 2 - 1);
  const auto r = chebyshev<element_terms>((std::cbrt(z_) - 1) / (std::cbrt(92.0) - 1) * 2 - 1);
  std::size_t term = 0;
  for (std::size_t i = 0; i < energy_terms; ++i) {
    for (std::size_t j = 0; j < photon_terms; ++j) {
      for (std::size_t l = 0; l < element_terms; ++l) {
        if (!has_term(i, j, l)) continue;
        correction_[j] += bremsstrahlung_coefficients[term++] * p[i] * r[l];
      }
    }
  }
}

double ScaledBremsstrahlung::analytic(double kappa) const {
  const double k = std::max(kappa, 1e-6) * energy_;
  const Kinematics before = kinematics(energy_);
  const Kinematics after = kinematics(std::max(energy_ - k, 1e-7 * energy_));
  const double q = electron_mass * k /
                   (before.total * after.total + before.momentum * after.momentum -
                    electron_mass * electron_mass);
  const double s = std::cbrt(z_) / 184.15;
  const double velocities2 = std::pow(before.velocity * after.velocity, 2);
  const double c = std::exp(velocities2);
  const double logarithm = 0.5 * std::log((1 + s * s + (c - 1) * q * q) / (c * q * q + s * s));
  const double a = two_pi * fine_structure * z_;
  const double elwert = before.velocity * std::expm1(-a / before.velocity) /
                        (after.velocity * std::expm1(-a / after.velocity));
  const double r = after.total / before.total;
  return 4 * fine_structure * electron_radius * electron_radius * (1 + r * r - r / 1.5) *
         logarithm * elwert * (1 + 1.2 * velocities2 / z_);
}

double ScaledBremsstrahlung::operator()(double kappa) const {
  const auto polynomials = chebyshev<photon_polynomials>(2 * kappa - 1);
  double exponent = 0;
  for (std::size_t j = 0; j < photon_polynomials; ++j) exponent += correction_[j] * polynomials[j];
  const double v = electron_mass / (electron_mass + std::max(1 - kappa, 1e-7) * energy_);
  const double v2 = v * v;
  exponent += correction_[7] * v + correction_[8] * v2 + correction_[9] * v2 * v2;
  exponent += correction_[10] * std::exp(-40 * kappa);
  return analytic(kappa) * std::exp(exponent);
}

double positron_to_electron(int z, double energy, double photon_energy) {
  if (photon_energy >= energy) return 0;
  const double before = kinematics(energy).velocity;
  const double after = kinematics(energy - photon_energy).velocity;
  return std::exp(two_pi * fine_structure * z * (1 / before - 1 / after));
}

}  // namespace showergan::montecarlo
