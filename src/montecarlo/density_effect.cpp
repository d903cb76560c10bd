#include "montecarlo/density_effect.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace showergan::montecarlo {
namespace {

constexpr double two_ln10 = 2 * std::numbers::ln10;

/// A row of Sternheimer, Berger and Seltzer's table.
struct Fit {
  int z;
  double density;  ///< g/cm³, that the fit was made for
  double c;
  double x0;
  double x1;
  double a;
  double m;
  double delta0;
};

constexpr std::array<Fit, 7> fits = {{
    {6, 2.0, 2.9925, -0.0351, 2.4860, 0.20240, 3.0036, 0.10},
    {13, 2.699, 4.2395, 0.1708, 3.0127, 0.08024, 3.6345, 0.12},
    {14, 2.33, 4.4351, 0.2014, 2.8715, 0.14921, 3.2546, 0.14},
    {26, 7.874, 4.2911, -0.0012, 3.1531, 0.14680, 2.9632, 0.12},
    {29, 8.96, 4.4190, -0.0254, 3.2792, 0.14339, 2.9044, 0.08},
    {74, 19.3, 5.4059, 0.2167, 3.4960, 0.15509, 2.8447, 0.14},
    {82, 11.35, 6.2018, 0.3776, 3.8073, 0.09359, 3.1608, 0.14},
}};

/// Null if the medium is not of one of these elements.
const Fit* fit_of(const Medium& medium) {
  double atoms = 0;
  for (const MediumElement& element : medium.elements) atoms += element.density;
  for (const MediumElement& element : medium.elements) {
    if (element.density <= 0.9 * atoms) continue;
    for (const Fit& fit : fits) {
      // Beyond a factor of e a shift by the density is no longer trusted.
      if (fit.z == element.z && std::abs(std::log(fit.density / medium.density)) <= 1) return &fit;
    }
  }
  return nullptr;
}

}  // namespace

DensityEffect::DensityEffect(const Medium& medium) {
  const Fit* fit = fit_of(medium);
  if (fit == nullptr) {
    set_general(medium);
    return;
  }
  // δ depends on βγ times the plasma energy, which goes with the root of the density.
  const double shift = std::log(fit->density / medium.density);
  c_ = fit->c + shift;
  x0_ = fit->x0 + shift / two_ln10;
  x1_ = fit->x1 + shift / two_ln10;
  a_ = fit->a;
  m_ = fit->m;
  delta0_ = fit->delta0;
}

void DensityEffect::set_general(const Medium& medium) {
  constexpr double densest_gas = 0.01;  // g/cm³
  c_ = 1 + 2 * std::log(medium.mean_excitation / medium.plasma_energy);
  if (medium.density < densest_gas) {
    x1_ = c_ <= 12.25 ? 4 : 5;
    x0_ = c_ <= 10       ? 1.6
          : c_ <= 10.5   ? 1.7
          : c_ <= 11     ? 1.8
          : c_ <= 11.5   ? 1.9
          : c_ <= 13.804 ? 2.0
                         : 0.326 * c_ - 2.5;
  } else if (medium.mean_excitation < 100e-6) {
    x1_ = 2;
    x0_ = c_ < 3.681 ? 0.2 : 0.326 * c_ - 1;
  } else {
    x1_ = 3;
    x0_ = c_ < 5.215 ? 0.2 : 0.326 * c_ - 1.5;
  }
  a_ = (c_ - two_ln10 * x0_) / std::pow(x1_ - x0_, m_);  // δ = 0 at x₀
}

double DensityEffect::correction(double beta_gamma) const {
  const double x = std::log10(beta_gamma);
  if (x < x0_) return delta0_ * std::exp(two_ln10 * (x - x0_));
  const double saturated = two_ln10 * x - c_;
  return x < x1_ ? saturated + a_ * std::pow(x1_ - x, m_) : saturated;
}

}  // namespace showergan::montecarlo
