#include "montecarlo/shower_tracking.hpp"

#include <algorithm>
#include <limits>

namespace showergan::montecarlo {

void ShowerTracking::take(const Interaction& interaction, const Track& parent) {
  if (interaction.deposit > 0) {
    record.deposit(plate(parent), parent.particle.position, interaction.deposit);
  }
  for (std::size_t i = 0; i < interaction.count; ++i) {
    const Particle& secondary = interaction.secondaries[i];
    if (secondary.kind == ParticleKind::positron || secondary.energy > settings.tracking_cut) {
      waiting.push_back({secondary, parent.plate});
    } else {
      record.deposit(plate(parent), secondary.position, secondary.energy);
    }
  }
}

PlateExit exit_of(const Track& track, const ShowerTracking& shower) {
  const Particle& particle = track.particle;
  const Plate& plate = shower.plate(track);
  const double towards = particle.direction.z;
  double distance = std::numeric_limits<double>::infinity();
  if (towards != 0) {
    const double plane = towards > 0 ? plate.back : plate.front;
    distance = std::max(0.0, (plane - particle.position.z) / towards);
    // Nearly always: the sides are farther than that in any direction.
    if (shower.calorimeter.distance_to_side(particle.position) > distance) return {distance, false};
  }
  const double side = shower.calorimeter.distance_to_side(particle.position, particle.direction);
  if (side < distance) return {side, true};
  return {distance, false};
}

bool ShowerTracking::enter_next_plate(Track& track) {
  Particle& particle = track.particle;
  const bool onwards = particle.direction.z > 0;
  const bool last = onwards ? track.plate + 1 == calorimeter.plates().size() : track.plate == 0;
  if (last) {
    record.escape(particle);
    return false;
  }
  track.plate = onwards ? track.plate + 1 : track.plate - 1;
  const Plate& next = plate(track);
  particle.position.z = onwards ? next.front : next.back;
  return true;
}

}  // namespace showergan::montecarlo
