#include "montecarlo/constants.hpp"
#include "montecarlo/shower_tracking.hpp"

namespace showergan::montecarlo {
namespace {

/// What happens to the photon where it is. False if it is gone.
bool interact(Track& track, const PhotonTable::Table::Place& place, ShowerTracking& shower) {
  const MediumPhysics& medium = shower.calorimeter.medium(shower.plate(track));
  const PhotonTable& table = medium.photons;
  Particle& photon = track.particle;
  Interaction result;
  double which = shower.random.uniform() * table.at(place, PhotonTable::all);
  if ((which -= table.at(place, PhotonTable::compton)) < 0) {
    medium.compton.interact(photon, shower.random, result);
  } else if ((which -= table.at(place, PhotonTable::conversion)) < 0 &&
             photon.energy > 2 * electron_mass) {
    medium.conversion.interact(photon, shower.random, result);
  } else {
    medium.photoelectric.interact(photon, shower.random, result);
  }
  shower.take(result, track);
  photon.energy = result.energy;
  photon.direction = result.direction;
  return !result.gone;
}

}  // namespace

void follow_photon(Track track, ShowerTracking& shower) {
  Particle& photon = track.particle;
  double paths_left = shower.random.exponential();  // mean free paths to the next interaction
  while (true) {
    const Plate& plate = shower.plate(track);
    if (photon.energy <= shower.settings.tracking_cut) {
      shower.record.deposit(plate, photon.position, photon.energy);
      return;
    }
    const PhotonTable& table = shower.calorimeter.medium(plate).photons;
    const PhotonTable::Table::Place place = table.place(photon.energy);
    const double cross_section = table.at(place, PhotonTable::all);
    const PlateExit exit = exit_of(track, shower);
    if (paths_left > cross_section * exit.distance) {
      paths_left -= cross_section * exit.distance;
      photon.position = photon.position + exit.distance * photon.direction;
      if (exit.by_side) return shower.record.escape(photon);
      if (!shower.enter_next_plate(track)) return;
      continue;
    }
    photon.position = photon.position + paths_left / cross_section * photon.direction;
    if (!interact(track, place, shower)) return;
    paths_left = shower.random.exponential();
  }
}

}  // namespace showergan::montecarlo
