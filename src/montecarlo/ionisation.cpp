#include "montecarlo/ionisation.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/mean_atomic_number.hpp"

namespace showergan::montecarlo {
namespace {

double largest_transfer(ParticleKind kind, double energy) {
  return kind == ParticleKind::electron ? 0.5 * energy : energy;
}

/// What the loss of electrons has beyond the common terms: F⁻.
double electron_term(double tau, double d) {
  const double gamma = tau + 1;
  const double beta2 = tau * (tau + 2) / (gamma * gamma);
  return -1 - beta2 + std::log((tau - d) * d) + tau / (tau - d) +
         (0.5 * d * d + (2 * tau + 1) * std::log1p(-d / tau)) / (gamma * gamma);
}

/// And that of positrons: F⁺.
double positron_term(double tau, double d) {
  const double gamma = tau + 1;
  const double beta2 = tau * (tau + 2) / (gamma * gamma);
  const double y = 1 / (gamma + 1);
  const double d2 = d * d / 2;
  const double d3 = d * d * d / 3;
  const double d4 = d * d * d * d / 4;
  return std::log(tau * d) -
         beta2 / tau * (tau + 2 * d - y * (3 * d2 + y * (d - d3 + y * (d2 - tau * d3 + d4))));
}

/// Coefficients of Bhabha's cross-section,
/// dσ/dx ~ 1/(β²x²) − B₁/x + B₂ − B₃x + B₄x².
struct BhabhaCoefficients {
  double b1;
  double b2;
  double b3;
  double b4;
};

BhabhaCoefficients bhabha_coefficients(double gamma) {
  const double y = 1 / (gamma + 1);
  const double s = 1 - 2 * y;
  return {2 - y * y, s * (3 + y * y), s * s * (1 + s), s * s * s};
}

/// ∫ of Møller's cross-section over x from `low` to 1/2, in units of 2π r_e² m / T:
/// dσ/dx = {[1/x² + 1/(1 − x)²] − g [1/x + 1/(1 − x)] + 1 − g}/β², g = (2γ − 1)/γ².
double moller_integral(double gamma, double beta2, double low) {
  const double g = (2 * gamma - 1) / (gamma * gamma);
  return ((0.5 - low) * (1 - g + 2 / low + 2 / (1 - low)) - g * std::log((1 - low) / low)) / beta2;
}

/// And of Bhabha's, from `low` to 1.
double bhabha_integral(double gamma, double beta2, double low) {
  const BhabhaCoefficients b = bhabha_coefficients(gamma);
  return (1 - low) *
             (1 / (beta2 * low) + b.b2 - b.b3 * (1 + low) / 2 + b.b4 * (1 + low + low * low) / 3) +
         b.b1 * std::log(low);
}

/// 1/x² between `low` and `high`.
double sample_inverse_square(double low, double high, double uniform) {
  return low * high / (high - uniform * (high - low));
}

/// Of Møller's cross-section. As it is symmetric in the two electrons, 1/x² from `low` to 1 − `low`
/// folded about 1/2 gives its first two terms; the others weigh little.
double sample_moller(double gamma, double low, RandomStream& random) {
  const double g = (2 * gamma - 1) / (gamma * gamma);
  const double largest = 1 + std::max(0.0, 0.125 - 0.625 * g);  // at x = 1/2, or at 0
  while (true) {
    const double x = sample_inverse_square(low, 1 - low, random.uniform());
    const double product = x * (1 - x);
    // The weight, times 1 − 2 x (1 − x).
    const double weight = 1 - 2 * product + product * ((1 - g) * product - g);
    if (random.uniform() * largest * (1 - 2 * product) < weight) return std::min(x, 1 - x);
  }
}

/// Of Bhabha's: 1/x² times 1 − β² x (B₁ − B₂x + B₃x² − B₄x³), which is at most 1: the bracket falls
/// with x, from B₁ to (1 − s) [2 − s − (1 − s²)/4] ≥ 0 at x = 1, where s = (γ − 1)/(γ + 1).
double sample_bhabha(double gamma, double beta2, double low, RandomStream& random) {
  const BhabhaCoefficients b = bhabha_coefficients(gamma);
  while (true) {
    const double x = sample_inverse_square(low, 1, random.uniform());
    const double weight = 1 - beta2 * x * (b.b1 - x * (b.b2 - x * (b.b3 - x * b.b4)));
    if (random.uniform() < weight) return x;
  }
}

/// After a collision of a particle of kinetic energy `before` with one of the same mass at rest,
/// the direction of one that has `after`: sin²θ = 2m (T − T')/(T (T' + 2m)), exactly.
Vector3 direction_after(const Vector3& axis, double before, double after, double azimuth) {
  const double denominator = before * (after + 2 * electron_mass);
  const double cosine = std::sqrt(after * (before + 2 * electron_mass) / denominator);
  const double sine = std::sqrt(2 * electron_mass * (before - after) / denominator);
  return turned(axis, cosine, sine, azimuth);
}

}  // namespace

Ionisation::Ionisation(const Medium& medium, double cut)
    : electron_density_(medium.electron_density),
      mean_excitation_(medium.mean_excitation),
      lowest_valid_(0.25e-3 * std::sqrt(mean_atomic_number(medium))),
      cut_(std::max(cut, medium.mean_excitation)),
      density_effect_(medium) {}

double Ionisation::largest_continuous_transfer(ParticleKind kind, double energy) const {
  return std::min(cut_, largest_transfer(kind, energy));
}

double Ionisation::loss(ParticleKind kind, double energy) const {
  const double valid = std::max(energy, lowest_valid_);
  const double tau = valid / electron_mass;
  const double beta_gamma2 = tau * (tau + 2);
  const double beta2 = beta_gamma2 / ((tau + 1) * (tau + 1));
  const double d = largest_continuous_transfer(kind, valid) / electron_mass;
  const double term =
      kind == ParticleKind::electron ? electron_term(tau, d) : positron_term(tau, d);
  const double ratio = electron_mass / mean_excitation_;
  const double bracket = std::log(2 * (tau + 2) * ratio * ratio) + term -
                         density_effect_.correction(std::sqrt(beta_gamma2));
  const double loss = std::max(0.0, two_pi_r2_mass * electron_density_ / beta2 * bracket);
  const double part = energy / valid;
  if (part == 1) return loss;
  // As 1/√T at first, then towards zero.
  return part > 0.25 ? loss / std::sqrt(part) : loss * 1.4 * std::sqrt(part) / (0.1 + part);
}

double Ionisation::cross_section(ParticleKind kind, double energy) const {
  if (cut_ >= largest_transfer(kind, energy)) return 0;
  const double tau = energy / electron_mass;
  const double gamma = tau + 1;
  const double beta2 = tau * (tau + 2) / (gamma * gamma);
  const double low = cut_ / energy;
  const double integral = kind == ParticleKind::electron ? moller_integral(gamma, beta2, low)
                                                         : bhabha_integral(gamma, beta2, low);
  return two_pi_r2_mass * electron_density_ / energy * integral;
}

void Ionisation::interact(const Particle& particle, RandomStream& random,
                          Interaction& interaction) const {
  const double energy = particle.energy;
  interaction.energy = energy;
  interaction.direction = particle.direction;
  if (cut_ >= largest_transfer(particle.kind, energy)) return;
  const double tau = energy / electron_mass;
  const double gamma = tau + 1;
  const double low = cut_ / energy;
  const double x = particle.kind == ParticleKind::electron
                       ? sample_moller(gamma, low, random)
                       : sample_bhabha(gamma, tau * (tau + 2) / (gamma * gamma), low, random);
  const double transfer = x * energy;
  const double azimuth = two_pi * random.uniform();
  interaction.energy = energy - transfer;
  interaction.direction =
      direction_after(particle.direction, energy, interaction.energy, azimuth + pi);
  interaction.add(ParticleKind::electron, transfer, particle.position,
                  direction_after(particle.direction, energy, transfer, azimuth));
}

}  // namespace showergan::montecarlo
