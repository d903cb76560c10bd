#pragma once

#include "montecarlo/annihilation.hpp"
#include "montecarlo/bremsstrahlung.hpp"
#include "montecarlo/compton.hpp"
#include "montecarlo/electron_tables.hpp"
#include "montecarlo/ionisation.hpp"
#include "montecarlo/loss_fluctuation.hpp"
#include "montecarlo/medium.hpp"
#include "montecarlo/multiple_scattering.hpp"
#include "montecarlo/pair_production.hpp"
#include "montecarlo/photoelectric.hpp"
#include "montecarlo/photon_table.hpp"
#include "montecarlo/settings.hpp"

namespace showergan::montecarlo {

/// All processes of one medium, with their tables. Made once, used by all threads.
class MediumPhysics {
 public:
  MediumPhysics(const Material& material, const Settings& settings);

  const ElectronTables& tables(ParticleKind kind) const {
    return kind == ParticleKind::positron ? positrons : electrons;
  }

  Medium medium;
  double photon_threshold;  ///< production cuts, MeV
  double electron_threshold;
  Compton compton;
  Photoelectric photoelectric;
  PairProduction conversion;
  Ionisation ionisation;
  LossFluctuation fluctuation;
  Bremsstrahlung bremsstrahlung;
  Annihilation annihilation;
  MultipleScattering scattering;
  PhotonTable photons;
  ElectronTables electrons;
  ElectronTables positrons;
};

}  // namespace showergan::montecarlo
