#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "montecarlo/particle.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// What a shower can be started with.
enum class PrimaryKind { electron, positron, photon, neutral_pion };

/// "e-", "e+", "gamma" or "pi0"; nothing for another text.
std::optional<PrimaryKind> primary_kind(std::string_view name);

/// A particle that comes to the calorimeter.
struct Primary {
  PrimaryKind kind = PrimaryKind::electron;
  double energy = 0;  ///< kinetic, MeV (of a neutral pion too)
  double theta = 0;   ///< angle to the z axis, rad
  double phi = 0;     ///< azimuth of the direction, rad
  double x = 0;       ///< where it meets the front plane, mm, in the middle of
  double y = 0;
  double spread_x = 0;  ///< a uniform spread over this width, mm
  double spread_y = 0;
  double sigma = 0;  ///< a Gaussian spread of this standard deviation along x and along y, mm
};

/// Where it goes, of length 1.
Vector3 direction_of(const Primary& primary);

/// Energy that a shower of it has to give, MeV: the kinetic one, and 2 m_e more of a positron, the
/// mass of a pion.
double energy_to_give(const Primary& primary);

/// The particles that enter the calorimeter at z = 0, all at one place: the primary, or the two
/// photons into which a neutral pion decays there (its path of γ · 25 nm is left out).
std::vector<Particle> entering(const Primary& primary, RandomStream& random);

}  // namespace showergan::montecarlo
