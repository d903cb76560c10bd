#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/checkpoint.hpp"

namespace showergan::gan {

/// Where the training stands that a checkpoint is of.
struct CheckpointSummary {
  std::string model;           ///< name or path of the model definition, as the recipe says it
  std::int64_t step = 0;       ///< steps done
  double epoch = 0;            ///< epochs done, fractions included
  std::int64_t showers = 0;    ///< showers that it has learned from, those of later epochs again
  double seconds = 0;          ///< spent in steps
  std::optional<double> best;  ///< figure of the best generator so far, if one was validated
};

/// Throws InputError if the checkpoint is not one of adversarial training.
CheckpointSummary summary_of(const Checkpoint& checkpoint);

}  // namespace showergan::gan
