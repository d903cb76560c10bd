#include "montecarlo/photoelectric.hpp"

#include <algorithm>
#include <cmath>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double least_electron = 1e-6;  // MeV; as Geant4, with less none is made
constexpr double forward_above = 100;    // MeV; above it the electron keeps the direction
constexpr double kev_per_mev = 1e3;
constexpr double mm2_per_cm2 = 100;

}  // namespace

double photoelectron_one_less_cosine(double energy, RandomStream& random) {
  const double tau = energy / electron_mass;
  const double gamma = 1 + tau;
  const double beta = std::sqrt(tau * (tau + 2)) / gamma;
  const double a = 1 / (gamma * gamma * (1 + beta) * beta);  // (1 − β)/β
  const double retardation = 0.5 * beta * gamma * tau * (gamma - 2);
  const double highest = 2 * (retardation + 1 / a);
  while (true) {
    const double u = random.uniform();
    const double nu = 2 * a * (2 * u + (a + 2) * std::sqrt(u)) / ((a + 2) * (a + 2) - 4 * u);
    const double weight = (2 - nu) * (retardation + 1 / (a + nu));
    if (random.uniform() * highest < weight) return nu;
  }
}

double Photoelectric::Absorber::cross_section(double kev) const {
  const double within = std::max(kev, intervals.front().from);
  return scale * interval_at(intervals, within).evaluate(1 / within);
}

Photoelectric::Photoelectric(const Medium& medium) {
  for (const MediumElement& element : medium.elements) {
    const double grams_per_mm3 = element.density * element.mass / avogadro;
    absorbers_.push_back({biggs_lighthill(element.z), grams_per_mm3 * mm2_per_cm2});
  }
}

double Photoelectric::cross_section(double energy) const {
  double sum = 0;
  for (const Absorber& absorber : absorbers_) sum += absorber.cross_section(energy * kev_per_mev);
  return sum;
}

/// By the elements' cross-sections at this very energy: near an edge a table of them would take the
/// wrong one.
const Photoelectric::Absorber& Photoelectric::choose(double kev, RandomStream& random) const {
  if (absorbers_.size() == 1) return absorbers_.front();
  double left = random.uniform() * cross_section(kev / kev_per_mev);
  for (const Absorber& absorber : absorbers_) {
    left -= absorber.cross_section(kev);
    if (left < 0) return absorber;
  }
  return absorbers_.back();
}

void Photoelectric::interact(const Particle& photon, RandomStream& random,
                             Interaction& result) const {
  const double kev = photon.energy * kev_per_mev;
  const double binding = interval_at(choose(kev, random).intervals, kev).binding / kev_per_mev;
  result.gone = true;
  const double kinetic = photon.energy - binding;
  if (kinetic < least_electron) {
    result.deposit += photon.energy;
    return;
  }
  result.deposit += binding;
  Vector3 direction = photon.direction;
  if (photon.energy < forward_above) {
    const double nu = photoelectron_one_less_cosine(photon.energy, random);
    direction =
        turned(photon.direction, 1 - nu, std::sqrt(nu * (2 - nu)), two_pi * random.uniform());
  }
  result.add(ParticleKind::electron, kinetic, photon.position, direction);
}

}  // namespace showergan::montecarlo
