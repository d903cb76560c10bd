#include "montecarlo/production_cut.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double lowest_cut = 0.99e-3;  // MeV
constexpr double highest_cut = 1e4;
constexpr int intervals = 350;  // of equal width in the logarithm: the reference's own grid

double grid_energy(int i) {
  return lowest_cut * std::pow(highest_cut / lowest_cut, static_cast<double>(i) / intervals);
}

/// F⁻ of Berger and Seltzer's unrestricted collision loss (see Ionisation::loss), d = τ/2.
double collision_term(double tau) {
  const double gamma2 = (tau + 1) * (tau + 1);
  return 1 - tau * (tau + 2) / gamma2 + std::log(tau * tau / 2) +
         (0.5 + 0.25 * tau * tau - (1 + 2 * tau) * std::numbers::ln2) / gamma2;
}

/// Approximate loss of one atom, MeV mm²: by collisions with a mean excitation energy of
/// 16 eV Z^0.9 and no density effect, and a tenth of that by radiation, most of which does not
/// stay near. As 1/√T below 10 keV.
double atomic_loss(int z, double energy) {
  constexpr double lowest = 10e-3;
  const double valid = std::max(energy, lowest);
  const double tau = valid / electron_mass;
  const double beta2 = tau * (tau + 2) / ((tau + 1) * (tau + 1));
  const double excitation = 16e-6 * std::pow(z, 0.9) / electron_mass;
  double sum = z * (std::log(2 * tau + 4) - 2 * std::log(excitation) + collision_term(tau)) / beta2;
  if (energy >= lowest) {
    const double radiation = (0.02 - 5.7e-5 * z) * (1 + 0.072 * std::log(energy / 1e3));
    sum += 0.1 * z * (z + 1) * radiation * tau / beta2;
  }
  return two_pi_r2_mass * sum * std::sqrt(valid / energy);
}

double interpolated(double e1, double e2, double r1, double r2, double range) {
  return r1 == r2 ? e1 : e1 + (e2 - e1) * (range - r1) / (r2 - r1);
}

/// Approximate cross-section of one atom for absorption (pair production, Compton scattering and
/// photoelectric effect together), mm².
double atomic_absorption(int z, double energy) {
  constexpr double barn = 1e-22;
  constexpr double e1 = 1e-3;
  constexpr double e200 = 0.2;
  const double log_z = std::log(z);
  const double z2 = static_cast<double>(z) * z;
  const double s200 = (0.2651 - 0.1501 * log_z + 0.02283 * log_z * log_z) * z2;
  const double low = e200 * std::exp(-7.355 / std::sqrt(z));
  const auto below_e200 = [&](double e) {
    const double logarithm = std::log(e200 / e);
    return s200 * std::exp(0.042 * z * logarithm * logarithm);
  };
  if (energy < low) {  // a power of the energy down to 300 Z² barn at 1 keV
    const double s_low = below_e200(low);
    const double power = std::log(300 * z2 / s_low) / std::log(low / e1);
    return barn * s_low * std::pow(low / std::max(energy, e1), power);
  }
  if (energy < e200) return barn * below_e200(energy);
  const double least = 0.552 + 218.5 / z + 557.17 / z2;  // where absorption is least
  const double s_least = (0.01239 + 0.005585 * log_z - 0.000923 * log_z * log_z) * std::pow(z, 1.5);
  if (energy < least) {
    const double part = std::log(least / energy) / std::log(least / e200);
    return barn * s_least * std::pow(s200 / s_least, part * part);
  }
  const double slope = (7.55e-5 - 0.0542e-5 * z) * z2 * z / std::log(100 / least);
  return barn * (s_least + slope * std::log(energy / least));
}

}  // namespace

double electron_cut(const Medium& medium, double range) {
  double e1 = 0;
  double r1 = 0;
  double loss1 = 0;
  double cut = highest_cut;
  for (int i = 0; i <= intervals; ++i) {
    const double e2 = grid_energy(i);
    double loss2 = 0;
    for (const MediumElement& element : medium.elements) {
      loss2 += element.density * atomic_loss(element.z, e2);
    }
    const double r2 = r1 + 2 * (e2 - e1) / (loss1 + loss2);
    if (r2 >= range) {
      cut = interpolated(e1, e2, r1, r2, range);
      break;
    }
    e1 = e2;
    r1 = r2;
    loss1 = loss2;
  }
  // The path of slow ones is winding, and such thresholds are lowered.
  constexpr double slow = 30e-3;
  constexpr double tuning = 0.025;  // mm g/cm³
  if (cut < slow) cut /= 1 + (1 - cut / slow) * tuning / (range * medium.density);
  return std::clamp(cut, lowest_cut, highest_cut);
}

double photon_cut(const Medium& medium, double range) {
  double e1 = lowest_cut;
  double r1 = 0;
  for (int i = 0; i <= intervals; ++i) {
    const double e2 = grid_energy(i);
    double absorption = 0;
    for (const MediumElement& element : medium.elements) {
      absorption += element.density * atomic_absorption(element.z, e2);
    }
    const double r2 = 5 / absorption;
    if (r2 >= range) return interpolated(e1, e2, r1, r2, range);
    e1 = e2;
    r1 = r2;
  }
  return highest_cut;
}

}  // namespace showergan::montecarlo
