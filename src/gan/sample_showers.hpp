#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "gan/recipe.hpp"
#include "model/definition.hpp"
#include "shower/condition.hpp"
#include "shower/shower_batch.hpp"
#include "store/training_data.hpp"

namespace showergan::gan {

/// runs/NAME/samples/: the same few showers of every epoch's generator, of a low, a middle and a
/// high energy, always from the same noise; for those who follow how a training learns.
///
///     monte-carlo.h5   showers of the validation part
///     epoch-00012.h5   generated at their conditions after that epoch
///
/// Shower files of the 3DGAN layout, a few 10 kB each. They depend on the weights, the recipe's
/// seed and the showers of the training only. Without a validation part there is no monte-carlo.h5,
/// and the conditions are at a tenth, half and nine tenths of the model's ranges.
class SampleShowers {
 public:
  /// Chooses the conditions, writes monte-carlo.h5, and removes the samples after `epoch`, which a
  /// training that is resumed makes again. Throws InputError if the folder cannot be written, Error
  /// if the disk is full.
  SampleShowers(const Recipe& recipe, const ModelDefinition& definition, const TrainingData& data,
                std::filesystem::path folder, std::int64_t epoch);

  /// Generates with a model file after `epoch`, counted from 1. A file of that epoch is replaced.
  /// Cells below the recipe's threshold, and those that are no numbers, become 0. Throws as the
  /// constructor.
  void write(const std::filesystem::path& model, std::int64_t epoch) const;

  /// Names of its files, and of an epoch's.
  static constexpr const char* monte_carlo_name = "monte-carlo.h5";
  static std::string file_name(std::int64_t epoch);
  /// The epochs of which the folder has a sample, ascending; none if there is no such folder.
  static std::vector<std::int64_t> epochs_in(const std::filesystem::path& folder);

 private:
  void choose(const ModelDefinition& definition, const TrainingData& data);

  std::filesystem::path folder_;
  std::string detector_;
  std::uint64_t seed_;
  float threshold_;
  ShowerBatch monte_carlo_;  ///< without cells if there is no validation part
};

}  // namespace showergan::gan
