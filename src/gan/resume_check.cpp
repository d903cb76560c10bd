#include "gan/resume_check.hpp"

#include <sstream>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "gan/checkpoint_content.hpp"
#include "training/schedule.hpp"

namespace showergan::gan {
namespace {

bool spans_training(const OptimizerRecipe& recipe) {
  return training::make_schedule(recipe.schedule, recipe.schedule_parameters)->spans_training();
}

/// What of a recipe decides about the weights of the next step.
Recipe deciding_part(Recipe recipe) {
  const Recipe defaults;
  if (!spans_training(recipe.generator) && !spans_training(recipe.discriminator)) {
    recipe.epochs = defaults.epochs;
    recipe.steps = defaults.steps;
  }
  recipe.threads = defaults.threads;
  recipe.patience = defaults.patience;
  recipe.validation_every = defaults.validation_every;
  recipe.validation_showers = defaults.validation_showers;
  recipe.validation_metrics = defaults.validation_metrics;
  recipe.checkpoint_every = defaults.checkpoint_every;
  recipe.checkpoint_keep = defaults.checkpoint_keep;
  return recipe;
}

/// The first line in which two recipes differ: "[train] batch = 32 instead of batch = 64".
std::string first_difference(const Recipe& now, const Recipe& before) {
  std::istringstream a(to_toml(now));
  std::istringstream b(to_toml(before));
  std::string table;
  std::string line_a;
  std::string line_b;
  while (std::getline(a, line_a) && std::getline(b, line_b)) {
    if (line_a != line_b) return fmt::format("{}{} instead of {}", table, line_a, line_b);
    if (line_a.starts_with('[')) table = line_a + " ";
  }
  return "it has other keys";
}

Recipe recipe_of(const Checkpoint& checkpoint) {
  return parse_recipe(text_of(checkpoint, "recipe"), "the checkpoint's recipe");
}

constexpr const char* advice = "resume with the same, or train in another folder";

}  // namespace

void store_identity(const TrainingIdentity& identity, Checkpoint& checkpoint) {
  checkpoint.texts["recipe"] = to_toml(identity.recipe);
  checkpoint.texts["definition"] = identity.definition;
  checkpoint.counters["data/showers"] = identity.showers;
  checkpoint.counters["data/validation"] = identity.validation_showers;
  checkpoint.counters["data/fingerprint"] = identity.fingerprint;
}

void check_identity(const TrainingIdentity& now, const Checkpoint& checkpoint) {
  const Recipe recipe = deciding_part(now.recipe);
  const Recipe before = deciding_part(recipe_of(checkpoint));
  if (!(recipe == before)) {
    throw InputError("the checkpoint is of another recipe", first_difference(recipe, before),
                     advice);
  }
  if (text_of(checkpoint, "definition") != now.definition) {
    throw InputError("the checkpoint is of another model",
                     fmt::format("the definition of '{}' has changed", recipe.model), advice);
  }
  const std::int64_t showers = counter_of(checkpoint, "data/showers");
  if (showers != now.showers) {
    throw InputError("the checkpoint is of other showers",
                     fmt::format("{} to train on instead of {}", now.showers, showers), advice);
  }
  if (counter_of(checkpoint, "data/validation") != now.validation_showers ||
      counter_of(checkpoint, "data/fingerprint") != now.fingerprint) {
    throw InputError("the checkpoint is of other showers",
                     "they are as many, but of other energies",
                     "resume with the same files in the same order, or train in another folder");
  }
}

bool same_validation(const Recipe& now, const Checkpoint& checkpoint) {
  const Recipe before = recipe_of(checkpoint);
  return before.validation_metrics == now.validation_metrics &&
         before.validation_showers == now.validation_showers;
}

}  // namespace showergan::gan
