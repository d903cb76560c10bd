#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gan/recipe.hpp"
#include "model/definition.hpp"
#include "physics/metric/compare.hpp"
#include "physics/shower_set.hpp"
#include "shower/condition.hpp"
#include "store/training_data.hpp"

namespace showergan::gan {

/// Compares generators with the showers of the validation part, at their very conditions.
class Validation {
 public:
  /// Measures at most recipe.validation_showers of them, evenly over the part. `pin`: each thread
  /// that generates stays on a CPU of its own. Throws Error if the user interrupts.
  Validation(const Recipe& recipe, const ModelDefinition& definition, const TrainingData& data,
             int threads, bool pin = false);

  /// Whether there is anything to compare with, and the recipe wants it.
  bool possible() const noexcept { return reference_.size() > 0; }

  struct Result {
    std::vector<physics::MetricResult> metrics;
    /// The sum of those that the recipe names; not a number if one of them has no value.
    double figure = 0;
  };
  /// Generates with the model file as any user would. Nothing if the user interrupts, which is
  /// looked at every few showers.
  std::optional<Result> run(const std::filesystem::path& model) const;

 private:
  std::vector<std::string> deciding_;
  std::uint64_t seed_;
  int threads_;
  bool pin_;
  physics::ShowerSet reference_;
  std::vector<Condition> conditions_;
};

}  // namespace showergan::gan
