#include "montecarlo/pair_production.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "montecarlo/constants.hpp"
#include "montecarlo/gauss_legendre.hpp"
#include "montecarlo/pair_suppression.hpp"
#include "montecarlo/settings.hpp"
#include "montecarlo/tsai_direction.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double threshold = 2 * electron_mass;
// MeV; the domains of Geant4's model.
constexpr double fit_above = 1.5;  // below it the elements' shares are constant
constexpr double fit_below = 30e3;
constexpr double uniform_below = 2;
constexpr double coulomb_above = 50;
constexpr double suppressed_above = 100e3;  // s > 3 below, even in uranium

constexpr double mm2_per_microbarn = 1e-28;

/// Above this δ, φ₁ = φ₂.
constexpr double far_screening = 1.4;

double polynomial(const std::array<double, 6>& c, double x) {
  return c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * c[5]))));
}

/// The two parts of dσ/dε over x = ½ − ε, which is ⅔ x² first + ⅓ second: both fall with δ.
/// `field` is 8 (ln Z/3 + f).
struct Parts {
  double first;   ///< 3 φ₁ − φ₂ − field
  double second;  ///< 1.5 φ₁ + 0.5 φ₂ − field
};

Parts parts(double delta, double field) {
  const auto [phi1, phi2] = pair_screening(delta);
  return {3 * phi1 - phi2 - field, 1.5 * phi1 + 0.5 * phi2 - field};
}

Parts suppressed_parts(double delta, double field, const LpmFactors& by) {
  const auto [phi1, phi2] = pair_screening(delta);
  return {
      by.xi * ((2 * by.phi + by.g) * phi1 - by.g * phi2 - by.phi * field),
      by.xi * ((by.phi + 0.5 * by.g) * phi1 + 0.5 * by.g * phi2 - 0.5 * (by.phi + by.g) * field)};
}

/// Least share of energy: that of an electron at rest, or where the Coulomb correction makes dσ/dε
/// vanish.
double least_share(double delta_at_half, double field, double energy) {
  const double highest_delta = std::exp((42.038 - field) / 8.29) - 0.958;
  const double vanishing = 0.5 - 0.5 * std::sqrt(std::max(0.0, 1 - delta_at_half / highest_delta));
  return std::max(electron_mass / energy, vanishing);
}

}  // namespace

double pair_cross_section_fit(double energy, double z) {
  constexpr std::array<double, 6> f1 = {8.7842e+2,  -1.9625e+3, 1.2949e+3,
                                        -2.0028e+2, 1.2575e+1,  -2.8333e-1};
  constexpr std::array<double, 6> f2 = {-1.0342e+1, 1.7692e+1,  -8.2381,
                                        1.3063,     -9.0815e-2, 2.3586e-3};
  constexpr std::array<double, 6> f3 = {-4.5263e+2, 1.1161e+3,  -8.6749e+2,
                                        2.1773e+2,  -2.0467e+1, 6.5372e-1};
  if (energy <= threshold) return 0;
  const double x = std::log(std::max(energy, fit_above) / electron_mass);
  const double sigma = std::max(
      0.0, (z + 1) * (polynomial(f1, x) * z + polynomial(f2, x) * z * z + polynomial(f3, x)));
  const double rise = std::min(1.0, (energy - threshold) / (fit_above - threshold));
  return sigma * rise * rise * mm2_per_microbarn;
}

Screening pair_screening(double delta) {
  if (delta > far_screening) {
    const double phi = 21.019 - 4.145 * std::log(delta + 0.958);
    return {phi, phi};
  }
  return {20.806 - delta * (3.190 - 0.5710 * delta), 20.234 - delta * (2.126 - 0.0903 * delta)};
}

PairProduction::PairProduction(const Medium& medium)
    : lpm_energy_(lpm_energy(medium.radiation_length)),
      targets_([&medium] {
        std::vector<Target> targets;
        for (const MediumElement& element : medium.elements) {
          const double z = element.z;
          const RadiationLogarithms logarithms = radiation_logarithms(element.z);
          const double coulomb = coulomb_correction(z);
          const double eta = logarithms.inelastic / (logarithms.elastic - coulomb);
          targets.push_back(
              {z, element.density, std::log(z) / 3, coulomb, 136 * electron_mass / std::cbrt(z),
               4 * fine_structure * electron_radius * electron_radius * z * (z + eta)});
        }
        return targets;
      }()),
      choice_(targets_.size(), fit_above, highest_energy, [this](std::size_t i, double energy) {
        return targets_[i].density * cross_section_per_atom(targets_[i], energy);
      }) {}

double PairProduction::cross_section(double energy) const {
  double sum = 0;
  for (const Target& target : targets_) {
    sum += target.density * cross_section_per_atom(target, energy);
  }
  return sum;
}

double PairProduction::cross_section_per_atom(const Target& target, double energy) const {
  return energy < fit_below ? pair_cross_section_fit(energy, target.z)
                            : integrated_cross_section(target, energy);
}

double PairProduction::integrated_cross_section(const Target& target, double energy) const {
  const double field = 8 * (target.log_cbrt_z + target.coulomb);
  const double delta_factor = target.delta_factor / energy;
  // Over x = ½ − ε, from ½ to the least share.
  const auto density = [&](double x) {
    const double sharing = 0.25 - x * x;
    const auto [first, second] = suppressed_parts(
        delta_factor / sharing, field, pair_suppression(lpm_energy_, energy, sharing, target.z));
    return std::max(0.0, 2 * x * x * first + second);
  };
  const double range = 0.5 - least_share(4 * delta_factor, field, energy);
  // 2 for both sides of ½, ⅓ of the parts, ¼ of φ.
  return target.normalisation * gauss_legendre(density, 0, range, 2) / 6;
}

/// ε of one lepton, not above ½, by composition and rejection (Butcher and Messel, Nucl. Phys. 20
/// (1960) 15): x = ½ − ε from x² or evenly, each accepted by its part over its largest value.
double PairProduction::draw_share(const Target& target, double energy, RandomStream& random) const {
  const double rest = electron_mass / energy;
  if (energy < uniform_below) return rest + (0.5 - rest) * random.uniform();
  const double field = 8 * (target.log_cbrt_z + (energy > coulomb_above ? target.coulomb : 0));
  const double delta_factor = target.delta_factor / energy;
  const double range = 0.5 - least_share(4 * delta_factor, field, energy);
  const auto [first_highest, second_highest] = parts(4 * delta_factor, field);
  const double first_weight = std::max(0.0, first_highest * range * range);
  const double total_weight = first_weight + std::max(0.0, 1.5 * second_highest);
  while (true) {
    const bool first = random.uniform() * total_weight < first_weight;
    const double x = range * (first ? std::cbrt(random.uniform()) : random.uniform());
    const double sharing = 0.25 - x * x;
    const double delta = delta_factor / sharing;
    const Parts here =
        energy > suppressed_above
            ? suppressed_parts(delta, field,
                               pair_suppression(lpm_energy_, energy, sharing, target.z))
            : parts(delta, field);
    const double u = random.uniform();
    if (first ? u * first_highest < here.first : u * second_highest < here.second) return 0.5 - x;
  }
}

void PairProduction::interact(const Particle& photon, RandomStream& random,
                              Interaction& result) const {
  const Target& target = targets_[choice_.draw(photon.energy, random)];
  const double share = draw_share(target, photon.energy, random);
  const double available = photon.energy - threshold;
  const double one = std::clamp(share * photon.energy - electron_mass, 0.0, available);
  const double electron = random.uniform() < 0.5 ? one : available - one;
  const double positron = available - electron;
  const double azimuth = two_pi * random.uniform();
  result.gone = true;
  result.add(ParticleKind::electron, electron, photon.position,
             tsai_direction(photon.direction, electron, azimuth, random));
  result.add(ParticleKind::positron, positron, photon.position,
             tsai_direction(photon.direction, positron, azimuth + pi, random));
}

}  // namespace showergan::montecarlo
