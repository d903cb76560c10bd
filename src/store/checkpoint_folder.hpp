#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/checkpoint.hpp"

namespace showergan {

/// The checkpoints of one training: step-00001200.h5 … and best.h5. One process at a time writes to
/// a folder.
class CheckpointFolder {
 public:
  /// The last `keep` ≥ 1 checkpoints are kept. The folder is made when something is saved.
  CheckpointFolder(std::filesystem::path folder, int keep);

  /// Writes the checkpoint of a step, then deletes the oldest ones so that `keep` are left of this
  /// step and the steps before it. Those of later steps stay: a training that went back to an
  /// earlier checkpoint replaces them when it gets there. Also removes what a killed process left
  /// half-written. Throws as write_checkpoint; then all earlier checkpoints are as they were.
  /// Without `prune` nothing is deleted: for a state that may be worse than those before it.
  void save(std::int64_t step, const Checkpoint& checkpoint, bool prune = true);

  /// Writes best.h5.
  void save_best(const Checkpoint& checkpoint);

  /// The newest undamaged one, or none if the folder has no checkpoint (best.h5 does not count).
  /// Damaged ones are skipped, each told to `report` in one sentence. Throws Error if all are
  /// damaged, and InputError if the newest was written by a newer version.
  std::optional<Checkpoint> latest(const std::function<void(const std::string&)>& report) const;

  /// Paths of the checkpoints of steps, the oldest first.
  std::vector<std::filesystem::path> list() const;

  /// Path of best.h5, whether it is there or not.
  std::filesystem::path best() const;

 private:
  void prepare() const;

  std::filesystem::path folder_;
  int keep_;
};

}  // namespace showergan
