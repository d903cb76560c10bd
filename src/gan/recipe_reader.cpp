#include "gan/recipe_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/text.hpp"
#include "gan/recipe_optimizer_reader.hpp"
#include "gan/recipe_values.hpp"
#include "model/definition_table.hpp"
#include "model/error_place.hpp"
#include "physics/metric/registry.hpp"
#include "training/loss.hpp"

namespace showergan::gan {
namespace {

constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t any_int = std::numeric_limits<int>::max();

DataRecipe read_data(const DefinitionTable& table) {
  DataRecipe data;
  data.threshold = number_in(table, "threshold", data.threshold, not_negative);
  data.least_sum = number_in(table, "least_sum", data.least_sum, not_negative);
  data.scale = number_in(table, "scale", data.scale, positive);
  data.power = number_in(table, "power", data.power, positive);
  data.symmetries = choice(table, "symmetries", data.symmetries, {"none", "all"});
  data.validation = number_in(table, "validation", data.validation, below_one);
  data.memory = integer_or(table, "memory", data.memory, 1, any >> 20);  // MiB: bytes fit as well
  table.reject_unknown_keys();
  return data;
}

void read_train(const DefinitionTable& table, Recipe& recipe) {
  const auto seed = static_cast<std::int64_t>(recipe.seed);
  recipe.seed = static_cast<std::uint64_t>(integer_or(table, "seed", seed, 0, any));
  recipe.batch = integer_or(table, "batch", recipe.batch, 1, 1'000'000);
  recipe.epochs = integer_or(table, "epochs", recipe.epochs, 1, 1'000'000'000);
  recipe.steps = integer_or(table, "steps", recipe.steps, 0, any);
  recipe.threads = static_cast<int>(integer_or(table, "threads", recipe.threads, 0, 1024));
  recipe.generator_updates =
      static_cast<int>(integer_or(table, "generator_updates", recipe.generator_updates, 1, 250));
  recipe.discriminator_first =
      integer_or(table, "discriminator_first", recipe.discriminator_first, 0, any);
  recipe.label_flips = number_in(table, "label_flips", recipe.label_flips, fraction);
  recipe.fake_conditions =
      choice(table, "fake_conditions", recipe.fake_conditions, {"uniform", "data"});
  recipe.average = number_in(table, "average", recipe.average, below_one);
  recipe.precision = *precision_named(
      choice(table, "precision", std::string(name_of(recipe.precision)), {"f32", "bf16"}));
  recipe.patience = static_cast<int>(integer_or(table, "patience", recipe.patience, 1, any_int));
  table.reject_unknown_keys();
}

std::string read_loss_name(const DefinitionTable& table, const char* key) {
  const std::string name = table.text(key);
  try {
    training::find_loss(name);
  } catch (const InputError& error) {
    throw at_place(error, table.place(*table.find(key)));
  }
  return name;
}

void read_target(const DefinitionTable& table, LossTerm& term) {
  const std::string target = choice(table, "target", table.text("target"),
                                    {"label", "cell_sum", "energy", "theta", "phi"});
  if (target == "cell_sum") {
    term.target = Target::cell_sum;
  } else if (target != "label") {
    term.target = Target::condition;
    term.condition = target;
  }
  term.unit = number_in(table, "unit", term.unit, positive);
  if (term.target == Target::label && term.unit != 1) {
    throw table.error("unit", "'unit' has no meaning for the target 'label'", "leave it out");
  }
  if (table.has("polynomial")) term.polynomial = table.numbers("polynomial");
  if (!std::all_of(term.polynomial.begin(), term.polynomial.end(),
                   [](double coefficient) { return std::isfinite(coefficient); })) {
    throw table.error("polynomial", "'polynomial' holds what is no number");
  }
  if (term.target != Target::cell_sum && !term.polynomial.empty()) {
    throw table.error("polynomial", "'polynomial' is for the target 'cell_sum' only",
                      "leave it out");
  }
}

/// What only the whole recipe shows about a target.
void check_cell_sum(const DefinitionTable& table, const LossTerm& term, const Recipe& recipe) {
  if (term.target != Target::cell_sum) return;
  if (!term.polynomial.empty() && recipe.data.power != 1) {
    throw table.error(
        "polynomial", fmt::format("a polynomial with data.power = {}", recipe.data.power),
        "leave the polynomial out, as it is that of the cells' energies themselves, or set power "
        "to 1");
  }
  if (term.polynomial.empty() && recipe.fake_conditions == "uniform") {
    throw table.error("target", "the cell sum of generated showers has no target",
                      "give a polynomial, or set train.fake_conditions to data");
  }
}

LossTerm read_loss(const DefinitionTable& table, const std::string& output, const Recipe& recipe) {
  LossTerm term;
  term.output = output;
  term.loss = read_loss_name(table, "loss");
  term.generator_loss =
      table.has("generator_loss") ? read_loss_name(table, "generator_loss") : term.loss;
  term.weight = number_in(table, "weight", term.weight, not_negative);
  read_target(table, term);
  table.reject_unknown_keys();
  check_cell_sum(table, term, recipe);
  return term;
}

void read_losses(const DefinitionTable& root, Recipe& recipe) {
  const TomlTable losses = table_of(root, "losses");
  for (const TomlEntry& entry : losses.entries) {
    const std::string what = fmt::format("losses.{}", entry.key);
    const auto* table = std::get_if<TomlTable>(&entry.value.data);
    if (!table) {
      throw InputError(fmt::format("'{}' must be a table", what), root.place(entry.value));
    }
    recipe.losses.push_back(
        read_loss(DefinitionTable(root.file(), *table, what), entry.key, recipe));
  }
  if (recipe.losses.empty()) {
    throw root.error("losses", "has no losses",
                     "write a table [losses.OUTPUT] for each output of the discriminator");
  }
}

void read_generator_losses(const DefinitionTable& root, Recipe& recipe) {
  const TomlTable losses = table_of(root, "generator_losses");
  const DefinitionTable table(root.file(), losses, "generator_losses");
  for (const TomlEntry& entry : losses.entries) {
    recipe.generator_losses[entry.key] = number_in(table, entry.key.c_str(), 1, not_negative);
  }
}

StartRecipe read_start(const DefinitionTable& table) {
  StartRecipe start;
  start.optimizer = read_optimizer(table);
  start.steps = integer_or(table, "steps", start.steps, 0, any);
  start.output = table.text("output", start.output);
  start.mean = number_in(table, "mean", start.mean, not_negative);
  start.weight = number_in(table, "weight", start.weight, not_negative);
  table.reject_unknown_keys();
  return start;
}

ProfileRecipe read_profile(const DefinitionTable& table) {
  ProfileRecipe profile;
  profile.weight = number_in(table, "weight", profile.weight, not_negative);
  profile.decay = number_in(table, "decay", profile.decay, below_one);
  table.reject_unknown_keys();
  return profile;
}

layers::LayerFlowRecipe read_layers(const DefinitionTable& table) {
  layers::LayerFlowRecipe layers;
  layers.rate = number_in(table, "rate", layers.rate, positive);
  layers.weight_decay = number_in(table, "weight_decay", layers.weight_decay, not_negative);
  layers.dropout = number_in(table, "dropout", layers.dropout, below_one);
  layers.batch = integer_or(table, "batch", layers.batch, 1, 1'000'000);
  layers.epochs = static_cast<int>(integer_or(table, "epochs", layers.epochs, 1, any_int));
  layers.width_epochs =
      static_cast<int>(integer_or(table, "width_epochs", layers.width_epochs, 1, any_int));
  layers.patience = static_cast<int>(integer_or(table, "patience", layers.patience, 0, any_int));
  table.reject_unknown_keys();
  return layers;
}

std::string read_metric(const DefinitionTable& table, const TomlValue& value) {
  const auto* name = std::get_if<std::string>(&value.data);
  if (!name) throw table.error("metrics", "'metrics' must be a list of texts");
  std::vector<std::string_view> known;
  for (const physics::Metric& metric : physics::metrics()) known.push_back(metric.name);
  if (std::find(known.begin(), known.end(), *name) != known.end()) return *name;
  const std::string_view similar = most_similar(*name, known);
  throw InputError(fmt::format("{}: there is no metric '{}'", table.what(), *name),
                   table.place(value),
                   fmt::format("{}known are {}",
                               similar.empty() ? "" : fmt::format("did you mean {}? ", similar),
                               fmt::join(known, ", ")));
}

void read_validation(const DefinitionTable& table, Recipe& recipe) {
  recipe.validation_every = integer_or(table, "every", recipe.validation_every, 0, any);
  recipe.validation_showers = integer_or(table, "showers", recipe.validation_showers, 1, any);
  if (const TomlValue* value = table.find("metrics")) {
    const auto* list = std::get_if<TomlValue::Array>(&value->data);
    if (!list) {
      throw table.error("metrics", "'metrics' must be a list of texts",
                        "write it as [\"moments_shift\", \"profile_z_mean\"]");
    }
    recipe.validation_metrics.clear();
    for (const TomlValue& element : *list) {
      recipe.validation_metrics.push_back(read_metric(table, element));
    }
    if (list->empty()) {
      throw table.error("metrics", "'metrics' is empty: nothing says which generator is the best",
                        "name a metric, or set validation.every to 0");
    }
  }
  table.reject_unknown_keys();
}

void read_checkpoints(const DefinitionTable& table, Recipe& recipe) {
  recipe.checkpoint_every = integer_or(table, "every", recipe.checkpoint_every, 0, any);
  recipe.checkpoint_keep = integer_or(table, "keep", recipe.checkpoint_keep, 1, any_int);
  table.reject_unknown_keys();
}

}  // namespace

Recipe read_recipe(const TomlTable& toml, const std::filesystem::path& file) {
  const DefinitionTable root(file, toml, "the recipe");
  Recipe recipe;
  recipe.model = root.text("model");
  if (recipe.model.empty()) throw root.error("model", "'model' is empty", "name a model");
  const auto part = [&](const char* key, const auto& read) {
    const TomlTable table = table_of(root, key);
    read(DefinitionTable(file, table, key));
  };
  part("data", [&](const DefinitionTable& table) { recipe.data = read_data(table); });
  part("train", [&](const DefinitionTable& table) { read_train(table, recipe); });
  root.has("losses");
  const auto optimizer_part = [&](const char* key, OptimizerRecipe& optimizer) {
    part(key, [&](const DefinitionTable& table) {
      optimizer = read_optimizer(table);
      table.reject_unknown_keys();
    });
  };
  optimizer_part("generator", recipe.generator);
  optimizer_part("discriminator", recipe.discriminator);
  if (root.has("start")) {
    part("start", [&](const DefinitionTable& table) { recipe.start = read_start(table); });
  }
  if (root.has("profile")) {
    part("profile", [&](const DefinitionTable& table) { recipe.profile = read_profile(table); });
  }
  root.has("generator_losses");
  part("layers", [&](const DefinitionTable& table) { recipe.layers = read_layers(table); });
  part("validation", [&](const DefinitionTable& table) { read_validation(table, recipe); });
  part("checkpoints", [&](const DefinitionTable& table) { read_checkpoints(table, recipe); });
  root.reject_unknown_keys();
  read_losses(root, recipe);
  read_generator_losses(root, recipe);
  return recipe;
}

}  // namespace showergan::gan
