#pragma once

#include <array>
#include <span>

namespace showergan::montecarlo {

/// One interval of the parametrisation of photoelectric absorption of Biggs and Lighthill,
/// "Analytical approximations for X-ray cross sections III", Sandia report SAND87-0070 (1988),
/// which Geant4 takes its Sandia tables from: with the photon's energy E in keV,
/// σ = c₁/E + c₂/E² + c₃/E³ + c₄/E⁴ in cm²/g.
struct BiggsLighthillInterval {
  double from;     ///< keV, where it begins; it ends where the next one begins, the last nowhere
  double binding;  ///< keV, the highest absorption edge of the parametrisation up to `from`
  std::array<double, 4> coefficients;

  /// cm²/g, at `inverse` = 1/E in 1/keV.
  double evaluate(double inverse) const {
    const auto& [c1, c2, c3, c4] = coefficients;
    return inverse * (c1 + inverse * (c2 + inverse * (c3 + inverse * c4)));
  }
};

/// The intervals above 1 keV (the first one holds 1 keV), by energy. `z` 1 … 92. K edges, L edges
/// and the first and last M edge are borders; the M edges between are not resolved from lutetium
/// on.
std::span<const BiggsLighthillInterval> biggs_lighthill(int z);

/// That of `kev`, or the first for what is below all.
const BiggsLighthillInterval& interval_at(std::span<const BiggsLighthillInterval> intervals,
                                          double kev);

}  // namespace showergan::montecarlo
