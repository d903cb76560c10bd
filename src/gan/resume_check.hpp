#pragma once

#include <cstdint>
#include <string>

#include "gan/recipe.hpp"
#include "store/checkpoint.hpp"

namespace showergan::gan {

/// What a checkpoint remembers of its training, so that it is not continued as another one.
struct TrainingIdentity {
  Recipe recipe;
  std::string definition;  ///< text of the model definition
  std::int64_t showers = 0;
  std::int64_t validation_showers = 0;
  std::uint32_t fingerprint = 0;  ///< TrainingData::fingerprint()
};

void store_identity(const TrainingIdentity& identity, Checkpoint& checkpoint);

/// Throws InputError, saying what differs, unless the checkpoint is of this training. How long it
/// goes on (unless a schedule spans the training), how it is validated, and when it is saved may
/// differ.
void check_identity(const TrainingIdentity& now, const Checkpoint& checkpoint);

/// Whether the figure of merit of the checkpoint's best generator means the same in this recipe.
bool same_validation(const Recipe& now, const Checkpoint& checkpoint);

}  // namespace showergan::gan
