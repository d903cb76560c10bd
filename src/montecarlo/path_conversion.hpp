#pragma once

namespace showergan::montecarlo {

/// Between the length t of a particle's winding path in a step and the mean distance z that it
/// comes ahead (Geant4 Physics Reference Manual, "Multiple scattering", path length correction; H.
/// W. Lewis, Phys. Rev. 78 (1950) 526): z = ∫₀ᵗ <cos θ>(u) du, the transport mean free path falling
/// as λ(t) = λ₀ (1 − α t) while energy is lost:
///   α = 0:  z = λ₀ [1 − exp(−t/λ₀)],
///   α > 0:  z = [1 − (1 − α t)^κ] / (α κ),  κ = 1 + 1/(α λ₀).
class PathConversion {
 public:
  /// For a step of true length `path` at most, of a particle of kinetic energy `energy` (MeV) with
  /// `range` left and the transport path `transport` (mm) now. `transport_after` is that at its
  /// end, or where 1 % of the range is left if that is before; it is looked at only if needs_end().
  PathConversion(double energy, double range, double path, double transport,
                 double transport_after);

  /// Whether the step is long enough for the energy loss in it to matter, and the particle fast
  /// enough for λ not just to go with the range.
  static bool needs_end(double energy, double range, double path);

  /// z of a true length up to the step's. mm
  double geometrical(double path) const;

  /// The true length of which z is the mean advance; not below z, not beyond the step's. mm
  double true_path(double advance) const;

 private:
  double transport_;
  double longest_;
  double alpha_ = 0;
};

}  // namespace showergan::montecarlo
