#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "measure_showers.hpp"
#include "physics/metric/compare.hpp"
#include "physics/shower_set.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// Further files of a comparison; empty if not given.
struct ComparisonFiles {
  std::filesystem::path training;  ///< what the candidate's model was trained on: `memorisation`
  std::filesystem::path library;   ///< for the shower library, if not that of the training
};

/// What a lookup table of Monte Carlo showers gives against the same reference.
struct LibraryResult {
  std::string description;  ///< "the shower nearest in energy of …"
  physics::ComparisonResult result;
};

struct MeasuredComparison {
  physics::ShowerSet reference;
  std::vector<physics::ShowerSet> candidates;
  std::vector<physics::ComparisonResult> results;  ///< of the candidates
  std::optional<LibraryResult> library;
};

/// Reads candidates and compares them with a reference by all metrics, in bounded memory. Beside
/// them stands the shower library as a yardstick, if there is a file of Monte Carlo showers other
/// than the reference to take it from: from the reference itself it would give that back, and from
/// one half for the other, by construction, about the floor. Throws InputError for files that do
/// not go together, and as measure().
MeasuredComparison compare_showers(ShowerReader& reference, std::span<ShowerReader> candidates,
                                   const ComparisonFiles& files, const MeasuringDetector& detector,
                                   int threads, bool quiet);

}  // namespace showergan::app
