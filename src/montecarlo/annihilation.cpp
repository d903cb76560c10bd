#include "montecarlo/annihilation.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double lowest_energy = 1e-6;  // 1 eV; below, a positron in flight is as one at rest

double sample_fraction(double tau, RandomStream& random) {
  const double gamma = tau + 1;
  const double inverse2 = 1 / ((gamma + 1) * (gamma + 1));
  const double half_width = 0.5 * std::sqrt(tau / (tau + 2));
  // 1/2 − half_width would cancel at high energies.
  const double lowest = 1 / (2 * (tau + 2) * (0.5 + half_width));
  const double logarithm = std::log((0.5 + half_width) / lowest);
  while (true) {
    const double fraction = lowest * std::exp(logarithm * random.uniform());
    const double weight = 1 - fraction + (2 * gamma - 1 / fraction) * inverse2;
    if (random.uniform() < weight) return fraction;
  }
}

/// Of a photon with the fraction ε of T + 2m: cosθ = [ε (γ + 1) − 1]/[ε √(γ² − 1)].
Vector3 photon_direction(const Vector3& axis, double tau, double fraction, double azimuth) {
  const double cosine = (fraction * (tau + 2) - 1) / (fraction * std::sqrt(tau * (tau + 2)));
  const double sine2 =
      (2 * (tau + 2) * fraction * (1 - fraction) - 1) / (fraction * fraction * tau * (tau + 2));
  return turned(axis, std::clamp(cosine, -1.0, 1.0), std::sqrt(std::max(0.0, sine2)), azimuth);
}

}  // namespace

double Annihilation::cross_section(double energy) const {
  const double tau = std::max(energy, lowest_energy) / electron_mass;
  const double gamma = tau + 1;
  const double beta_gamma2 = tau * (tau + 2);
  const double beta_gamma = std::sqrt(beta_gamma2);
  return pi * electron_radius * electron_radius * electron_density_ / (gamma + 1) *
         ((gamma * gamma + 4 * gamma + 1) / beta_gamma2 * std::asinh(beta_gamma) -
          (gamma + 3) / beta_gamma);
}

void Annihilation::interact(const Particle& positron, RandomStream& random,
                            Interaction& interaction) const {
  if (positron.energy < lowest_energy) {
    at_rest(positron, random, interaction);
    return;
  }
  const double tau = positron.energy / electron_mass;
  const double total = positron.energy + 2 * electron_mass;
  const double fraction = sample_fraction(tau, random);
  const double azimuth = two_pi * random.uniform();
  interaction.gone = true;
  interaction.add(ParticleKind::photon, fraction * total, positron.position,
                  photon_direction(positron.direction, tau, fraction, azimuth));
  interaction.add(ParticleKind::photon, (1 - fraction) * total, positron.position,
                  photon_direction(positron.direction, tau, 1 - fraction, azimuth + pi));
}

void Annihilation::at_rest(const Particle& positron, RandomStream& random,
                           Interaction& interaction) {
  const double cosine = 2 * random.uniform() - 1;
  const double sine = std::sqrt((1 - cosine) * (1 + cosine));
  const double azimuth = two_pi * random.uniform();
  const Vector3 direction = {sine * std::cos(azimuth), sine * std::sin(azimuth), cosine};
  interaction.gone = true;
  interaction.deposit = positron.energy;
  interaction.add(ParticleKind::photon, electron_mass, positron.position, direction);
  interaction.add(ParticleKind::photon, electron_mass, positron.position, -1 * direction);
}

}  // namespace showergan::montecarlo
