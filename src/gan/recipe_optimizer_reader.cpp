#include "gan/recipe_optimizer_reader.hpp"

#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "gan/recipe_values.hpp"
#include "model/error_place.hpp"
#include "training/optimizer.hpp"
#include "training/schedule.hpp"

namespace showergan::gan {
namespace {

using Parameters = std::map<std::string, double>;

/// Calls `action`; an error of it is said to be at `key`, or at the table if the key is not there.
template <typename Action>
auto at_key(const DefinitionTable& table, std::string_view key, const Action& action) {
  try {
    return action();
  } catch (const InputError& error) {
    const TomlValue* value = table.find(key);
    throw at_place(error, value ? table.place(*value) : table.place());
  }
}

/// All parameters of `defaults` with the values that the table has for them. `make` is to throw
/// "problem; advice" for a value out of range.
template <typename Make>
Parameters read_parameters(const DefinitionTable& table, Parameters defaults, const Make& make) {
  for (auto& [name, value] : defaults) {
    value = table.number(name, value);
    try {
      make(Parameters{{name, value}});
    } catch (const InputError& error) {
      const std::string text = error.what();
      throw table.error(name, fmt::format("'{}' is {}", name, value),
                        text.substr(text.rfind("; ") + 2));
    }
  }
  return defaults;
}

std::pair<std::string, Parameters> read_schedule(const DefinitionTable& table,
                                                 const std::string& otherwise) {
  const TomlValue* value = table.find("schedule");
  const bool is_table = value && std::holds_alternative<TomlTable>(value->data);
  const TomlTable entries = is_table ? std::get<TomlTable>(value->data) : TomlTable{};
  const DefinitionTable schedule(table.file(), entries, fmt::format("{}.schedule", table.what()));
  const std::string kind = is_table ? schedule.text("kind") : table.text("schedule", otherwise);
  const DefinitionTable& place = is_table ? schedule : table;
  Parameters parameters = at_key(place, is_table ? "kind" : "schedule",
                                 [&] { return training::schedule_parameters(kind); });
  if (is_table) {
    parameters = read_parameters(schedule, std::move(parameters), [&](const Parameters& given) {
      training::make_schedule(kind, given);
    });
    schedule.reject_unknown_keys();
  }
  return {kind, std::move(parameters)};
}

}  // namespace

OptimizerRecipe read_optimizer(const DefinitionTable& table) {
  OptimizerRecipe recipe;
  recipe.optimizer = table.text("optimizer", recipe.optimizer);
  recipe.rate = number_in(table, "rate", recipe.rate, positive);
  recipe.clip = number_in(table, "clip", recipe.clip, not_negative);
  recipe.warm_up = number_in(table, "warm_up", recipe.warm_up, not_negative);
  recipe.spectral_limit = number_in(table, "spectral_limit", recipe.spectral_limit, not_negative);
  Parameters defaults =
      at_key(table, "optimizer", [&] { return training::optimizer_parameters(recipe.optimizer); });
  recipe.parameters = read_parameters(table, std::move(defaults), [&](const Parameters& given) {
    training::make_optimizer(recipe.optimizer, given, 1);
  });
  std::tie(recipe.schedule, recipe.schedule_parameters) = read_schedule(table, recipe.schedule);
  return recipe;
}

}  // namespace showergan::gan
