#include "model/definition_table.hpp"

#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.hpp"

namespace showergan {
namespace {

/// An integer stands for a number as well: `epsilon = 1`.
std::optional<double> as_number(const TomlValue& value) {
  if (const auto* number = std::get_if<double>(&value.data)) return *number;
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) {
    return static_cast<double>(*integer);
  }
  return std::nullopt;
}

}  // namespace

DefinitionTable::DefinitionTable(std::filesystem::path file, const TomlTable& table,
                                 std::string what)
    : file_(std::move(file)), table_(&table), what_(std::move(what)) {}

const TomlValue* DefinitionTable::find(std::string_view key) const {
  known_.emplace(key);
  const TomlEntry* entry = table_->find(key);
  return entry ? &entry->value : nullptr;
}

bool DefinitionTable::has(std::string_view key) const {
  return find(key) != nullptr;
}

const TomlValue& DefinitionTable::required(std::string_view key) const {
  const TomlValue* value = find(key);
  if (!value) throw error(key, fmt::format("has no '{}'", key));
  return *value;
}

std::string DefinitionTable::text(std::string_view key) const {
  const auto* text = std::get_if<std::string>(&required(key).data);
  if (!text) throw error(key, fmt::format("'{}' must be a text", key), "put it into quotes");
  return *text;
}

std::string DefinitionTable::text(std::string_view key, std::string_view otherwise) const {
  return has(key) ? text(key) : std::string(otherwise);
}

bool DefinitionTable::boolean(std::string_view key, bool otherwise) const {
  const TomlValue* value = find(key);
  if (!value) return otherwise;
  const auto* truth = std::get_if<bool>(&value->data);
  if (!truth) throw error(key, fmt::format("'{}' must be true or false", key));
  return *truth;
}

double DefinitionTable::number(std::string_view key) const {
  const std::optional<double> number = as_number(required(key));
  if (!number) throw error(key, fmt::format("'{}' must be a number", key));
  return *number;
}

double DefinitionTable::number(std::string_view key, double otherwise) const {
  return has(key) ? number(key) : otherwise;
}

std::int64_t DefinitionTable::integer_in(const TomlValue& value, std::string_view key,
                                         std::int64_t low, std::int64_t high) const {
  const auto* integer = std::get_if<std::int64_t>(&value.data);
  if (!integer) throw error(key, fmt::format("'{}' must be a whole number", key));
  if (*integer < low || *integer > high) {
    const bool unlimited = high == std::numeric_limits<std::int64_t>::max();
    throw error(key, fmt::format("'{}' is {}", key, *integer),
                unlimited ? fmt::format("it must be at least {}", low)
                          : fmt::format("it must be from {} to {}", low, high));
  }
  return *integer;
}

std::int64_t DefinitionTable::integer(std::string_view key, std::int64_t low,
                                      std::int64_t high) const {
  return integer_in(required(key), key, low, high);
}

std::vector<std::int64_t> DefinitionTable::integers(std::string_view key, std::int64_t low,
                                                    std::int64_t high) const {
  const TomlValue& value = required(key);
  const auto* array = std::get_if<TomlValue::Array>(&value.data);
  if (!array) return {integer_in(value, key, low, high)};
  std::vector<std::int64_t> result;
  for (const TomlValue& element : *array) result.push_back(integer_in(element, key, low, high));
  return result;
}

std::vector<double> DefinitionTable::numbers(std::string_view key) const {
  const auto* array = std::get_if<TomlValue::Array>(&required(key).data);
  if (!array) throw error(key, fmt::format("'{}' must be a list of numbers", key));
  std::vector<double> result;
  for (const TomlValue& element : *array) {
    const std::optional<double> number = as_number(element);
    if (!number) throw error(key, fmt::format("'{}' must be a list of numbers", key));
    result.push_back(*number);
  }
  return result;
}

nn::Triple DefinitionTable::triple(std::string_view key, std::int64_t low,
                                   std::int64_t high) const {
  const std::vector<std::int64_t> values = integers(key, low, high);
  if (values.size() == 1) return {values[0], values[0], values[0]};
  if (values.size() != 3) {
    throw error(key, fmt::format("'{}' has {} numbers", key, values.size()),
                "give one for each of x, y, z, or one for all");
  }
  return {values[0], values[1], values[2]};
}

nn::Triple DefinitionTable::triple(std::string_view key, std::int64_t low, std::int64_t high,
                                   const nn::Triple& otherwise) const {
  return has(key) ? triple(key, low, high) : otherwise;
}

nn::Padding DefinitionTable::padding(std::string_view key, std::int64_t high) const {
  const auto* axes = std::get_if<TomlValue::Array>(&required(key).data);
  const bool pairs =
      axes && !axes->empty() && std::holds_alternative<TomlValue::Array>(axes->front().data);
  if (!pairs) {
    const nn::Triple both = triple(key, 0, high);
    return {both, both};
  }
  nn::Padding padding;
  bool valid = axes->size() == 3;
  for (std::size_t i = 0; valid && i < 3; ++i) {
    const auto* sides = std::get_if<TomlValue::Array>(&(*axes)[i].data);
    valid = sides && sides->size() == 2;
    if (!valid) break;
    padding.before[i] = integer_in((*sides)[0], key, 0, high);
    padding.after[i] = integer_in((*sides)[1], key, 0, high);
  }
  if (!valid) {
    throw error(key, fmt::format("'{}' is not understood", key),
                "write [[before, after], [before, after], [before, after]] for x, y, z");
  }
  return padding;
}

void DefinitionTable::reject_unknown_keys() const {
  for (const TomlEntry& entry : table_->entries) {
    if (known_.contains(entry.key)) continue;
    const std::string_view similar = most_similar(entry.key, {known_.begin(), known_.end()});
    throw InputError(fmt::format("{} has an unknown key '{}'", what_, entry.key),
                     place(entry.value),
                     fmt::format("{}known are {}",
                                 similar.empty() ? "" : fmt::format("did you mean {}? ", similar),
                                 fmt::join(known_, ", ")));
  }
}

std::string DefinitionTable::place() const {
  return place(table_->line, table_->setting);
}

std::string DefinitionTable::place(const TomlValue& value) const {
  return place(value.line, value.setting);
}

std::string DefinitionTable::place(std::int64_t line, const std::string& setting) const {
  return setting.empty() ? fmt::format("{}:{}", file_.string(), line)
                         : fmt::format("the setting {}", setting);
}

InputError DefinitionTable::error(std::string_view key, std::string_view problem,
                                  std::string_view advice) const {
  const TomlEntry* entry = table_->find(key);
  return InputError(fmt::format("{}{} {}", what_, problem.starts_with("has ") ? "" : ":", problem),
                    entry ? place(entry->value) : place(), advice);
}

}  // namespace showergan
