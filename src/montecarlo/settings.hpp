#pragma once

namespace showergan::montecarlo {

/// How exactly the Monte Carlo follows particles.
struct Settings {
  /// Production cuts in range, mm: secondaries that would not come so far are not made.
  double photon_cut = 0.1;
  double electron_cut = 0.1;  ///< and positrons
  /// Electrons and positrons below, MeV, are stopped where they are; photons below are absorbed.
  double tracking_cut = 1e-3;
  /// A step takes at most this part of the range, or brings it down to the final one (mm).
  double step_of_range = 0.2;
  double final_range = 1.0;
  /// Part of the range (or transport path) that a step with multiple scattering takes at most after
  /// a boundary.
  double scattering_range_factor = 0.04;
};

/// Largest kinetic energy of a primary, MeV: where tables end.
inline constexpr double highest_energy = 1.2e6;

}  // namespace showergan::montecarlo
