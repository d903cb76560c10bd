#include "montecarlo/medium_physics.hpp"

#include "montecarlo/production_cut.hpp"

namespace showergan::montecarlo {

MediumPhysics::MediumPhysics(const Material& material, const Settings& settings)
    : medium(make_medium(material)),
      photon_threshold(photon_cut(medium, settings.photon_cut)),
      electron_threshold(electron_cut(medium, settings.electron_cut)),
      compton(medium),
      photoelectric(medium),
      conversion(medium),
      ionisation(medium, electron_threshold),
      fluctuation(medium),
      bremsstrahlung(medium, photon_threshold),
      annihilation(medium),
      scattering(medium, settings.scattering_range_factor),
      photons(compton, conversion, photoelectric),
      electrons(ParticleKind::electron, ionisation, bremsstrahlung, annihilation, scattering,
                settings),
      positrons(ParticleKind::positron, ionisation, bremsstrahlung, annihilation, scattering,
                settings) {}

}  // namespace showergan::montecarlo
