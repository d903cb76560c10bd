#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "gan/recipe.hpp"

namespace showergan::gan {

struct TrainOptions {
  Recipe recipe;
  std::vector<std::filesystem::path> files;  ///< showers to train on
  std::filesystem::path folder;              ///< runs/NAME
  bool resume = false;  ///< go on from the latest checkpoint in the folder, if there is one
  bool pin = false;     ///< keep each thread of the networks on a CPU of its own
  bool quiet = false;
};

/// Trains as the recipe says until its last step, or until the user interrupts.
///
/// A run of the same recipe on the same files gives the same weights, bit for bit, on the same
/// kind of CPU with the same number of threads, however often it is interrupted, killed and
/// resumed. A checkpoint is written at the end of each epoch, every recipe.checkpoint_every steps,
/// when the process is asked to (SIGUSR1) or to stop, and at the end.
///
/// Throws InputError for a recipe, files and a folder that do not fit together and for more threads
/// than can be pinned, and Error if the
/// training is interrupted (after it has saved), if it diverges, or if the disk is full.
void train(const TrainOptions& options);

}  // namespace showergan::gan
