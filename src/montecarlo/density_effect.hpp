#pragma once

#include "montecarlo/medium.hpp"

namespace showergan::montecarlo {

/// Density-effect correction δ of the collision loss in a medium, in Sternheimer's parametrisation
/// with x = log₁₀(βγ):
///   δ = δ₀ 10^(2(x − x₀))                for x < x₀ (conductors; otherwise 0),
///   δ = 2 ln(10) x − C + a (x₁ − x)^m    for x₀ ≤ x < x₁,
///   δ = 2 ln(10) x − C                   for x₁ ≤ x.
/// For C, Al, Si, Fe, Cu, W and Pb, or a medium with more than 90 % of such atoms, the fitted
/// values (Sternheimer, Berger and Seltzer, At. Data Nucl. Data Tables 30 (1984) 261), shifted to
/// the medium's density; else the general expressions of Sternheimer and Peierls (Phys. Rev. B 3
/// (1971) 3681), for a gas (below 0.01 g/cm³) or condensed matter.
class DensityEffect {
 public:
  explicit DensityEffect(const Medium& medium);

  /// `beta_gamma` above 0.
  double correction(double beta_gamma) const;

 private:
  void set_general(const Medium& medium);

  double c_ = 0;
  double x0_ = 0;
  double x1_ = 0;
  double a_ = 0;
  double m_ = 3;
  double delta0_ = 0;
};

}  // namespace showergan::montecarlo
