#pragma once

#include "montecarlo/medium.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// What the limit of a track's steps by multiple scattering keeps from step to step. A new track
/// starts with a new one.
struct ScatteringState {
  bool entered = false;    ///< whether the lengths below are those of the present slab
  bool displaced = true;   ///< whether the present step is displaced sideways
  double by_range = 0;     ///< mm; the limit that stems from the range at the entrance
  double shortest = 1e-7;  ///< mm; no step is limited to less
};

/// Where a particle is at the start of a step.
struct StepStart {
  ParticleKind kind = ParticleKind::electron;
  bool at_boundary = false;  ///< it has just come into this slab from another
  double energy = 0;         ///< kinetic, MeV
  double range = 0;          ///< mm, restricted: as of the continuous loss
  double transport = 0;      ///< λ₁, mm
  double safety = 0;         ///< mm to the nearest boundary in any direction
};

/// How long steps with multiple scattering may be, Geant4's algorithm UseSafety (Geant4 Physics
/// Reference Manual, "Multiple scattering", step limitation): of max(f F max(R, λ₁), 0.6
/// safety), R and λ₁ as at the entrance into the slab, f the range factor (Geant4's is 0.04) and
/// F = 0.75 + 0.25 λ₁/mm where λ₁ > 1 mm, smeared by a tenth. A particle that cannot reach the
/// boundary is not limited, nor displaced.
class ScatteringStepLimit {
 public:
  ScatteringStepLimit(const Medium& medium, double range_factor);

  /// True length of the step, mm: at most `path`, the length that the other limits leave.
  double limit(ScatteringState& state, const StepStart& start, double path,
               RandomStream& random) const;

 private:
  void enter(ScatteringState& state, const StepStart& start) const;
  double shortest(const StepStart& start) const;

  double range_factor_;
  double reach_of_range_;     // the farthest a particle comes, of its range
  double elastic_linear_;     // 1/MeV, of λ₁/λ_elastic
  double elastic_quadratic_;  // 1/MeV²
  double electron_factor_;
  double positron_factor_;
};

}  // namespace showergan::montecarlo
