#include "montecarlo/monte_carlo.hpp"

#include <cmath>

#include "base/contract.hpp"
#include "montecarlo/shower_tracking.hpp"

namespace showergan::montecarlo {

MonteCarlo::MonteCarlo(const Detector& detector, const Settings& settings)
    : settings_(settings), calorimeter_(detector, settings), readout_(CellMap(detector)) {}

MonteCarlo::MonteCarlo(const Detector& detector, const Settings& settings, const Binning& mesh)
    : settings_(settings), calorimeter_(detector, settings), readout_(MeshMap(mesh)) {
  SHOWERGAN_EXPECT(mesh.grid().nz == detector.grid.nz);
}

void MonteCarlo::simulate(const Primary& primary, std::uint64_t seed, std::uint64_t number,
                          ShowerRecord& record) const {
  ShowerTracking shower{calorimeter_, settings_, record, RandomStream(seed, number), {}};
  const std::vector<Particle> particles = entering(primary, shower.random);
  const Vector3& impact = particles.front().position;
  record.start({impact, direction_of(primary)});
  const bool hits = calorimeter_.distance_to_side(impact) >= 0;
  for (const Particle& particle : particles) {
    if (hits) {
      shower.waiting.push_back({particle, 0});
    } else {
      record.escape(particle);
    }
  }
  while (!shower.waiting.empty()) {
    const Track track = shower.waiting.back();
    shower.waiting.pop_back();
    if (track.particle.kind == ParticleKind::photon) {
      follow_photon(track, shower);
    } else {
      follow_electron(track, shower);
    }
  }
  SHOWERGAN_EXPECT(std::abs(record.deposited() + record.escaped() - energy_to_give(primary)) <
                   1e-9 * energy_to_give(primary));
}

}  // namespace showergan::montecarlo
