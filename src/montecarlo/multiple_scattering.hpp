#pragma once

#include "montecarlo/medium.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/path_conversion.hpp"
#include "montecarlo/random_stream.hpp"
#include "montecarlo/scattering_angle.hpp"
#include "montecarlo/scattering_step_limit.hpp"
#include "montecarlo/vector3.hpp"

namespace showergan::montecarlo {

/// What multiple scattering does in a step.
struct Deflection {
  Vector3 direction;     ///< afterwards
  Vector3 displacement;  ///< mm, from the end of the straight step, across its direction
};

/// Multiple Coulomb scattering of electrons and positrons from 1 keV on in a medium. A step goes:
///  1. step_limit(): the true length that the step may have; PathConversion makes it a distance,
///     which the nearest boundary may cut; PathConversion makes that a true length again, in which
///     energy is lost.
///  2. sample(): the new direction, and a displacement, of which the caller takes as much as stays
///     within the slab (Geant4: at most 0.99 of the safety at the end; none at a boundary).
/// A particle that comes to rest in the step need not be scattered.
class MultipleScattering {
 public:
  /// `range_factor`: see ScatteringStepLimit.
  MultipleScattering(const Medium& medium, double range_factor);

  /// λ₁ = 1 / Σ n_i σ₁(i), the first transport mean free path, mm: <cos θ> decreases by exp(−t/λ₁)
  /// in t. To be tabulated. See transport_cross_section().
  double transport_path(ParticleKind kind, double energy) const;

  /// See ScatteringStepLimit.
  double step_limit(ScatteringState& state, const StepStart& start, double path,
                    RandomStream& random) const {
    return limit_.limit(state, start, path, random);
  }

  /// Angle as of ScatteringAngle, uniform in azimuth. The displacement is 0.73 √(t² − z²) long, z
  /// the advance, and its azimuth differs from that of the angle by ψ on either side, of density
  /// ∝ exp(−2.16 ψ) in [0, π]: fitted by Urban to the tracking of single collisions (Geant4's
  /// default, "displacement algorithm 96"). `direction` is that before the step, of length 1.
  Deflection sample(const ScatteringStep& step, const ScatteringState& state,
                    const Vector3& direction, RandomStream& random) const;

 private:
  Medium medium_;
  ScatteringAngle angle_;
  ScatteringStepLimit limit_;
};

}  // namespace showergan::montecarlo
