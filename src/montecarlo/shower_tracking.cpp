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

double distance_to_boundary(const Plate& plate, const Particle& particle) {
  const double towards = particle.direction.z;
  if (towards == 0) return std::numeric_limits<double>::infinity();
  const double plane = towards > 0 ? plate.back : plate.front;
  return std::max(0.0, (plane - particle.position.z) / towards);
}

bool ShowerTracking::enter_next_plate(Track& track) {
  Particle& particle = track.particle;
  const bool onwards = particle.direction.z > 0;
  const bool last = onwards ? track.plate + 1 == calorimeter.plates().size() : track.plate == 0;
  if (last || !calorimeter.covers(particle.position)) {
    record.escape(particle);
    return false;
  }
  track.plate = onwards ? track.plate + 1 : track.plate - 1;
  const Plate& next = plate(track);
  particle.position.z = onwards ? next.front : next.back;
  return true;
}

}  // namespace showergan::montecarlo
