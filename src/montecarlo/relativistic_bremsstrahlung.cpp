#include "montecarlo/relativistic_bremsstrahlung.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/lpm_functions.hpp"

namespace showergan::montecarlo {
namespace {

/// Tsai's φ₁, φ₁ − φ₂, ψ₁ and ψ₁ − ψ₂, elastic and inelastic screening.
struct Screening {
  double phi1;
  double phi_difference;
  double psi1;
  double psi_difference;
};

Screening screening(double gamma, double epsilon) {
  return {16.863 - 2 * std::log(1 + 0.311877 * gamma * gamma) + 2.4 * std::exp(-0.9 * gamma) +
              1.6 * std::exp(-1.5 * gamma),
          2 / (3 + 19.5 * gamma + 18 * gamma * gamma),
          24.34 - 2 * std::log(1 + 13.111641 * epsilon * epsilon) + 2.8 * std::exp(-8 * epsilon) +
              1.2 * std::exp(-29.2 * epsilon),
          2 / (3 + 120 * epsilon + 1200 * epsilon * epsilon)};
}

double by_thomas_and_fermi(int number, double total_energy, double y) {
  const double z = number;
  const double log_z = std::log(z);
  const double transfer = 100 * electron_mass * y / (total_energy * (1 - y));
  const Screening f = screening(transfer / std::cbrt(z), transfer / std::cbrt(z * z));
  const double elastic = 0.25 * f.phi1 - log_z / 3 - coulomb_correction(z);
  const double inelastic = 0.25 * f.psi1 - log_z / 1.5;
  return (1 - y + 0.75 * y * y) * (elastic + inelastic / z) +
         (1 - y) / 8 * (f.phi_difference + f.psi_difference / z);
}

}  // namespace

RelativisticBremsstrahlung::RelativisticBremsstrahlung(const Medium& medium)
    : plasma_ratio2_(std::pow(medium.plasma_energy / electron_mass, 2)),
      lpm_energy_(lpm_energy(medium.radiation_length)),
      lpm_threshold_(lpm_energy_ * medium.plasma_energy / electron_mass) {
  for (const MediumElement& element : medium.elements) {
    const double z = element.z;
    const RadiationLogarithms logarithms = radiation_logarithms(element.z);
    elements_.push_back(
        {element.z,
         16.0 / 3 * fine_structure * electron_radius * electron_radius * z * z * element.density,
         logarithms.elastic - coulomb_correction(z) + logarithms.inelastic / z});
  }
}

double RelativisticBremsstrahlung::operator()(double total_energy, double photon_energy) const {
  const double y = photon_energy / total_energy;
  const bool suppressed = total_energy > lpm_threshold_;
  double sum = 0;
  for (const Element& element : elements_) {
    double value;
    if (suppressed || element.z < 5) {
      LpmFactors lpm = {1, 1, 1};
      if (suppressed) {
        lpm = lpm_factors(element.z, y, lpm_energy_ / total_energy, plasma_ratio2_ / (y * y));
      }
      value = lpm.xi * (y * y / 4 * lpm.g + (1 - y + y * y / 2) * lpm.phi) * element.complete +
              (1 - y) * (1 + 1.0 / element.z) / 12;
    } else {
      value = by_thomas_and_fermi(element.z, total_energy, y);
    }
    sum += element.scale * std::max(0.0, value);
  }
  return sum;
}

}  // namespace showergan::montecarlo
