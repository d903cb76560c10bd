#pragma once

#include <span>
#include <string>
#include <vector>

#include "compare_showers.hpp"
#include "measure_showers.hpp"
#include "physics/identification/identifier.hpp"
#include "physics/report/report.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// Monte Carlo showers of a particle that is not the reference's.
struct OtherShowers {
  std::string particle;
  ShowerReader file;
};

/// Opens the files of `--identify`, each FILE, whose particle is what it says itself, or
/// PARTICLE=FILE. `compared`: reference and candidates, which must not be among them. Throws
/// InputError for a particle that is unknown, that of the reference or given twice, for another
/// grid, and for too few showers, of the reference as well, at the energies of the reference.
std::vector<OtherShowers> open_others(const std::vector<std::string>& arguments,
                                      std::span<const ShowerReader> compared, int threads);

/// Trains a classifier of reference and each other particle, applies it to the candidates, and adds
/// metrics, warnings and what else was found to those of the report. Throws as measure() and
/// physics::ParticleCheck.
void identify_showers(physics::Report& report, std::span<OtherShowers> others,
                      const MeasuredComparison& compared, const MeasuringDetector& detector,
                      const physics::IdentificationOptions& options);

}  // namespace showergan::app
