#pragma once

#include <cstdint>
#include <vector>

#include "classifier_choice.hpp"
#include "physics/classifier/classifier_result.hpp"
#include "physics/metric/energy_spectra.hpp"
#include "physics/shower_set.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// A file of showers and what was measured of them.
struct MeasuredFile {
  const ShowerReader& file;
  const physics::ShowerSet& set;
};

struct ClassifyOptions {
  ClassifierChoice classifiers;
  std::uint64_t seed = 1;
  int threads = 1;
  bool quiet = false;
};

/// Trains classifiers to tell candidate and reference apart. Without an AUC, but with a reason,
/// where the energy spectra are `different`: they would learn those. Cells are read from the files
/// once more, those of 20,000 showers at most.
std::vector<physics::ClassifierResult> classify(const MeasuredFile& reference,
                                                const MeasuredFile& candidate,
                                                physics::EnergySpectra spectra,
                                                const ClassifyOptions& options);

}  // namespace showergan::app
