#include "montecarlo/medium.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "montecarlo/constants.hpp"
#include "shower/element.hpp"

namespace showergan::montecarlo {
namespace {

constexpr std::array<double, 92> masses = {
    1.008,  4.0026, 6.94,   9.0122, 10.81,  12.011, 14.007, 15.999, 18.998, 20.180, 22.990, 24.305,
    26.982, 28.085, 30.974, 32.06,  35.45,  39.948, 39.098, 40.078, 44.956, 47.867, 50.942, 51.996,
    54.938, 55.845, 58.933, 58.693, 63.546, 65.38,  69.723, 72.630, 74.922, 78.971, 79.904, 83.798,
    85.468, 87.62,  88.906, 91.224, 92.906, 95.95,  98.0,   101.07, 102.91, 106.42, 107.87, 112.41,
    114.82, 118.71, 121.76, 127.60, 126.90, 131.29, 132.91, 137.33, 138.91, 140.12, 140.91, 144.24,
    145.0,  150.36, 151.96, 157.25, 158.93, 162.50, 164.93, 167.26, 168.93, 173.05, 174.97, 178.49,
    180.95, 183.84, 186.21, 190.23, 192.22, 195.08, 196.97, 200.59, 204.38, 207.2,  208.98, 209.0,
    210.0,  222.0,  223.0,  226.0,  227.0,  232.04, 231.04, 238.03};

constexpr std::array<double, 92> excitations_ev = {
    19.2, 41.8, 40.0, 63.7, 76.0, 81.0, 82.0, 95.0, 115., 137., 149., 156., 166., 173., 173., 180.,
    174., 188., 190., 191., 216., 233., 245., 257., 272., 286., 297., 311., 322., 330., 334., 350.,
    347., 348., 343., 352., 363., 366., 379., 393., 417., 424., 428., 441., 449., 470., 470., 469.,
    488., 488., 487., 485., 491., 482., 488., 491., 501., 523., 535., 546., 560., 574., 580., 591.,
    614., 628., 650., 658., 674., 684., 694., 705., 718., 727., 736., 746., 757., 790., 790., 800.,
    810., 823., 823., 830., 825., 794., 827., 826., 841., 847., 878., 890.};

}  // namespace

double atomic_mass(int z) {
  return masses[static_cast<std::size_t>(z - 1)];
}

double mean_excitation_energy(int z) {
  return excitations_ev[static_cast<std::size_t>(z - 1)] * 1e-6;
}

double coulomb_correction(double z) {
  const double a2 = fine_structure * z * fine_structure * z;
  return a2 * (1 / (1 + a2) + 0.20206 + a2 * (-0.0369 + a2 * (0.0083 - 0.002 * a2)));
}

RadiationLogarithms radiation_logarithms(int z) {
  // For the lightest, whose atoms Thomas and Fermi's statistical model does not describe.
  constexpr std::array<RadiationLogarithms, 4> light = {
      {{5.31, 6.144}, {4.79, 5.621}, {4.74, 5.805}, {4.71, 5.924}}};
  if (z <= 4) return light[static_cast<std::size_t>(z - 1)];
  return {std::log(184.15) - std::log(z) / 3, std::log(1194.0) - 2 * std::log(z) / 3};
}

double radiation_length(const std::vector<MediumElement>& elements) {
  double inverse = 0;
  for (const MediumElement& element : elements) {
    const double z = element.z;
    const RadiationLogarithms logarithms = radiation_logarithms(element.z);
    inverse += element.density *
               (z * z * (logarithms.elastic - coulomb_correction(z)) + z * logarithms.inelastic);
  }
  return 1 / (4 * fine_structure * electron_radius * electron_radius * inverse);
}

Medium make_medium(const Material& material) {
  Medium medium;
  medium.name = material.name;
  medium.density = material.density;
  double log_excitation = 0;
  for (const auto& [symbol, fraction] : material.elements) {
    const int z = atomic_number(symbol);
    if (z == 0) {
      throw InputError(fmt::format("'{}' in material '{}' is no element", symbol, material.name),
                       {}, "give symbols from H to U");
    }
    const double per_mm3 = material.density * 1e-3 * fraction * avogadro / atomic_mass(z);
    medium.elements.push_back({z, atomic_mass(z), per_mm3});
    medium.electron_density += z * per_mm3;
    log_excitation += z * per_mm3 * std::log(mean_excitation_energy(z));
  }
  medium.mean_excitation = std::exp(log_excitation / medium.electron_density);
  medium.plasma_energy = std::sqrt(4 * pi * medium.electron_density * electron_radius) * h_bar_c;
  medium.radiation_length = radiation_length(medium.elements);
  return medium;
}

}  // namespace showergan::montecarlo
