#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "physics/classifier/roc.hpp"

namespace showergan::physics {

/// From so many showers of each set on an AUC is precise enough to be judged by.
inline constexpr std::int64_t kGatedShowers = 10000;

/// How much a classifier takes a shower of the test part for Monte Carlo.
struct ScoredShower {
  std::int64_t row = 0;    ///< in its set
  bool candidate = false;  ///< of which set it is
  double probability = 0;  ///< that it is Monte Carlo, as the classifier has it
};

/// How well a classifier that was trained for it tells candidate and Monte Carlo apart: 0.5 is not
/// at all, 1 always.
struct ClassifierResult {
  std::string name;              ///< "auc_high"
  std::optional<double> auc;     ///< median over the seeds
  double error = 0;              ///< statistical, of that run (see roc_area)
  std::vector<double> per_seed;  ///< in the order of the seeds
  std::int64_t showers = 0;      ///< of each set, all parts together
  std::string reason;            ///< why there is no AUC; empty if there is one

  // Of the run with the median AUC, on its test part:
  std::vector<RocPoint> roc;         ///< Monte Carlo is positive
  std::vector<ScoredShower> scores;  ///< of both sets, in order of the energy

  std::vector<int> epochs;      ///< that each seed was trained
  double training_seconds = 0;  ///< of all seeds together

  bool gated() const noexcept { return auc.has_value() && showers >= kGatedShowers; }
};

}  // namespace showergan::physics
