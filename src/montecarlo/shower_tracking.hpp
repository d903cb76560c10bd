#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "montecarlo/calorimeter.hpp"
#include "montecarlo/interaction.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/random_stream.hpp"
#include "montecarlo/settings.hpp"
#include "montecarlo/shower_record.hpp"

namespace showergan::montecarlo {

/// A particle in a plate.
struct Track {
  Particle particle;
  std::size_t plate;
};

/// What following the particles of one shower shares: the calorimeter, where energy goes, the
/// random numbers, and the particles that are still to be followed (the last one first: there are
/// never many).
struct ShowerTracking {
  const Calorimeter& calorimeter;
  const Settings& settings;
  ShowerRecord& record;
  RandomStream random;
  std::vector<Track> waiting;

  const Plate& plate(const Track& track) const { return calorimeter.plates()[track.plate]; }

  /// Puts the secondaries of an interaction in line, and its deposit in the plate. Secondaries
  /// below the tracking cut are deposited (positrons are followed: they annihilate).
  void take(const Interaction& interaction, const Track& parent);

  /// Distance from a place in a plate to the nearest of its planes and sides, mm; not below 0.
  double safety(const Plate& plate, const Vector3& position) const {
    return std::max(0.0,
                    std::min(plate.safety(position.z), calorimeter.distance_to_side(position)));
  }

  /// Moves the track into the next plate in its direction. False if there is none: it has escaped.
  bool enter_next_plate(Track& track);
};

/// Where a particle leaves its plate if it goes straight on.
struct PlateExit {
  double distance;  ///< mm
  bool by_side;     ///< not into another plate
};
PlateExit exit_of(const Track& track, const ShowerTracking& shower);

/// Follows an electron or positron until it has stopped, vanished or left.
void follow_electron(Track track, ShowerTracking& shower);

/// Follows a photon until it is absorbed or has left.
void follow_photon(Track track, ShowerTracking& shower);

}  // namespace showergan::montecarlo
