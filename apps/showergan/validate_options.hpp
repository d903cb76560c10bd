#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/threads.hpp"
#include "classifier_choice.hpp"
#include "compare_showers.hpp"

namespace showergan::app {

/// What the user asks of `showergan validate`.
struct ValidateOptions {
  std::filesystem::path reference;
  std::vector<std::filesystem::path> candidates;
  ComparisonFiles others;
  ClassifierChoice classifiers = {"high"};
  std::vector<std::string> identify;  ///< FILE or PARTICLE=FILE
  std::string card;
  std::filesystem::path limits;
  std::filesystem::path earlier;
  std::optional<double> tolerance;
  std::filesystem::path summary;
  std::string source;
  std::optional<double> ms_per_shower;
  std::filesystem::path folder;
  std::string detector;
  std::filesystem::path binning;          ///< of CaloChallenge files, if not beside them
  std::optional<double> voxel_threshold;  ///< MeV, of CaloChallenge files
  int threads = available_cores();
  bool force = false;
  bool quiet = false;
};

}  // namespace showergan::app
