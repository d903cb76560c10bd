#include "gan/recipe_values.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include <fmt/format.h>

namespace showergan::gan {

double number_in(const DefinitionTable& table, const char* key, double otherwise,
                 const Interval& interval) {
  const double value = table.number(key, otherwise);
  if (std::isfinite(value) && interval.contains(value)) return value;
  throw table.error(key, fmt::format("'{}' is {}", key, value),
                    fmt::format("it must be {}", interval.text));
}

std::int64_t integer_or(const DefinitionTable& table, const char* key, std::int64_t otherwise,
                        std::int64_t low, std::int64_t high) {
  return table.has(key) ? table.integer(key, low, high) : otherwise;
}

std::string choice(const DefinitionTable& table, const char* key, const std::string& otherwise,
                   const std::vector<std::string>& choices) {
  const std::string value = table.text(key, otherwise);
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return value;
  throw table.error(key, fmt::format("'{}' is '{}'", key, value),
                    fmt::format("it must be one of {}", fmt::join(choices, ", ")));
}

TomlTable table_of(const DefinitionTable& table, const char* key) {
  const TomlValue* value = table.find(key);
  if (!value) return {{}, table.line(), {}};
  if (const auto* inner = std::get_if<TomlTable>(&value->data)) return *inner;
  throw table.error(key, fmt::format("'{}' must be a table", key));
}

}  // namespace showergan::gan
