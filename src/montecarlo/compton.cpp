#include "montecarlo/compton.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "montecarlo/biggs_lighthill.hpp"
#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double mm2_per_barn = 1e-22;
constexpr double least_electron = 1e-4;  // MeV; of so little the direction means nothing

// MeV; looser electrons are taken as free, so that every atom has some that any photon can move.
constexpr double least_binding = 2e-4;

/// Electrons that K, L₁, L₂, L₃ and M hold: the shells in order of their absorption edges.
constexpr std::array<double, 5> capacities = {2, 2, 2, 4, 18};

/// The formula without its continuation, barn.
double empirical_formula(double x, double z) {
  constexpr std::array<std::array<double, 3>, 4> def = {{{2.7965e-1, 1.9756e-5, -3.9178e-7},
                                                         {-1.8300e-1, -1.0205e-2, 6.8241e-5},
                                                         {6.7527, -7.3913e-2, 6.0480e-5},
                                                         {-1.9798e+1, 2.7079e-2, 3.0274e-4}}};
  constexpr double a = 20.0;
  constexpr double b = 230.0;
  constexpr double c = 440.0;
  const auto p = [z](const std::array<double, 3>& row) {
    return z * (row[0] + z * (row[1] + z * row[2]));
  };
  return p(def[0]) * std::log1p(2 * x) / x +
         (p(def[1]) + x * (p(def[2]) + x * p(def[3]))) / (1 + x * (a + x * (b + x * c)));
}

/// Energy of the photon after over before, by Butcher and Messel's composition (Nucl. Phys. 20
/// (1960) 15): dσ/dε ∝ (1/ε + ε) [1 − ε sin²θ/(1 + ε²)] from ε₀ = 1/(1 + 2x) to 1, with
/// 1 − cos θ = (1 − ε)/(x ε).
struct Scattering {
  double ratio;
  double one_less_cosine;
};

Scattering klein_nishina_scattering(double x, RandomStream& random) {
  const double least = 1 / (1 + 2 * x);
  const double least_squared = least * least;
  const double inverse_part = std::log1p(2 * x);
  const double linear_part = 0.5 * (1 - least_squared);
  while (true) {
    const double ratio = random.uniform() * (inverse_part + linear_part) < inverse_part
                             ? std::exp(-inverse_part * random.uniform())
                             : std::sqrt(least_squared + (1 - least_squared) * random.uniform());
    const double one_less_cosine = std::clamp((1 - ratio) / (ratio * x), 0.0, 2.0);
    const double sine_squared = one_less_cosine * (2 - one_less_cosine);
    if (random.uniform() * (1 + ratio * ratio) < 1 + ratio * ratio - ratio * sine_squared) {
      return {ratio, one_less_cosine};
    }
  }
}

}  // namespace

double compton_cross_section(double energy, int z) {
  const double joint = z == 1 ? 0.040 : 0.015;
  const double sigma = empirical_formula(std::max(energy, joint) / electron_mass, z);
  if (energy >= joint) return std::max(sigma, 0.0) * mm2_per_barn;
  // Continued with the slope that the formula has at the joint.
  constexpr double step = 0.001;
  const double slope =
      -joint * (empirical_formula((joint + step) / electron_mass, z) - sigma) / (sigma * step);
  const double curvature = z == 1 ? 0.150 : 0.375 - 0.0556 * std::log(z);
  const double y = std::log(energy / joint);
  return sigma * std::exp(-y * (slope + curvature * y)) * mm2_per_barn;
}

Compton::Compton(const Medium& medium) : elements_(medium.elements) {
  for (const MediumElement& element : elements_) {
    const auto intervals = biggs_lighthill(element.z);
    double left = element.z;
    double outer = INFINITY;
    std::size_t shell = 0;
    for (auto interval = intervals.rbegin(); interval != intervals.rend(); ++interval) {
      const double binding = interval->binding * 1e-3;
      if (binding >= outer) continue;  // a border that is no edge
      if (binding < least_binding || shell == capacities.size()) break;
      outer = binding;
      const double electrons = std::min(left, capacities[shell++]);
      left -= electrons;
      shells_.push_back({binding, electrons * element.density / medium.electron_density});
      bound_share_ += shells_.back().share;
    }
  }
}

double Compton::draw_binding(RandomStream& random) const {
  double left = random.uniform();
  if (left >= bound_share_) return 0;
  for (const Shell& shell : shells_) {
    left -= shell.share;
    if (left < 0) return shell.binding;
  }
  return 0;
}

double Compton::cross_section(double energy) const {
  double sum = 0;
  for (const MediumElement& element : elements_) {
    sum += element.density * compton_cross_section(energy, element.z);
  }
  return sum;
}

void Compton::interact(const Particle& photon, RandomStream& random, Interaction& result) const {
  double binding;
  Scattering scattering;
  do {
    binding = draw_binding(random);
    scattering = klein_nishina_scattering(photon.energy / electron_mass, random);
  } while (photon.energy * (1 - scattering.ratio) < binding);
  const double one_less_cosine = scattering.one_less_cosine;
  result.energy = scattering.ratio * photon.energy;
  result.direction =
      turned(photon.direction, 1 - one_less_cosine,
             std::sqrt(one_less_cosine * (2 - one_less_cosine)), two_pi * random.uniform());
  const double kinetic = photon.energy - result.energy - binding;
  result.deposit += binding;
  if (kinetic < least_electron) {
    result.deposit += kinetic;
    return;
  }
  const Vector3 momentum = photon.energy * photon.direction - result.energy * result.direction;
  result.add(ParticleKind::electron, kinetic, photon.position, normalized(momentum));
}

}  // namespace showergan::montecarlo
