#include "montecarlo/primary.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr std::array<std::pair<std::string_view, PrimaryKind>, 4> names = {
    {{"e-", PrimaryKind::electron},
     {"e+", PrimaryKind::positron},
     {"gamma", PrimaryKind::photon},
     {"pi0", PrimaryKind::neutral_pion}}};

/// A place in the front plane.
Vector3 impact(const Primary& primary, RandomStream& random) {
  Vector3 place{primary.x + primary.spread_x * (random.uniform() - 0.5),
                primary.y + primary.spread_y * (random.uniform() - 0.5), 0};
  if (primary.sigma > 0) {
    place.x += primary.sigma * random.normal();
    place.y += primary.sigma * random.normal();
  }
  return place;
}

/// Isotropic in the pion's frame, boosted along its direction.
std::vector<Particle> decay(const Particle& pion, RandomStream& random) {
  const double mass = neutral_pion_mass;
  const double energy = pion.energy + mass;
  const double momentum = std::sqrt(pion.energy * (pion.energy + 2 * mass));
  const double cosine = 2 * random.uniform() - 1;
  const double sine = std::sqrt((1 - cosine) * (1 + cosine));
  const double azimuth = two_pi * random.uniform();
  std::vector<Particle> photons;
  for (const double sign : {1.0, -1.0}) {
    const double photon = 0.5 * (energy + sign * momentum * cosine);
    const double along = 0.5 * (sign * cosine * energy + momentum) / photon;
    const double across = 0.5 * mass * sine / photon;
    photons.push_back({ParticleKind::photon, photon, pion.position,
                       turned(pion.direction, along, across, sign > 0 ? azimuth : azimuth + pi)});
  }
  return photons;
}

}  // namespace

std::optional<PrimaryKind> primary_kind(std::string_view name) {
  for (const auto& [text, kind] : names) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

double energy_to_give(const Primary& primary) {
  switch (primary.kind) {
    case PrimaryKind::positron:
      return primary.energy + 2 * electron_mass;
    case PrimaryKind::neutral_pion:
      return primary.energy + neutral_pion_mass;
    default:
      return primary.energy;
  }
}

Vector3 direction_of(const Primary& primary) {
  const double sine = std::sin(primary.theta);
  return {sine * std::cos(primary.phi), sine * std::sin(primary.phi), std::cos(primary.theta)};
}

std::vector<Particle> entering(const Primary& primary, RandomStream& random) {
  Particle particle{ParticleKind::photon, primary.energy, impact(primary, random),
                    direction_of(primary)};
  if (primary.kind == PrimaryKind::neutral_pion) return decay(particle, random);
  if (primary.kind == PrimaryKind::electron) particle.kind = ParticleKind::electron;
  if (primary.kind == PrimaryKind::positron) particle.kind = ParticleKind::positron;
  return {particle};
}

}  // namespace showergan::montecarlo
