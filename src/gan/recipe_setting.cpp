#include "gan/recipe_setting.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "gan/recipe.hpp"

namespace showergan::gan {
namespace {

using Path = std::vector<std::string>;

/// Keys of [generator] and [discriminator] that are no parameters of the optimiser.
constexpr std::array<std::string_view, 5> own_keys = {"optimizer", "rate", "clip", "schedule",
                                                      "warm_up"};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

InputError malformed(const std::string& setting) {
  return InputError(fmt::format("cannot understand the setting '{}'", setting), {},
                    "write KEY=VALUE, such as train.batch=64");
}

/// "a.b.c" as TOML understands it: names, and a name with a dot in quotes.
Path parse_key(std::string_view key, const std::string& setting) try {
  TomlTable table = parse_toml(fmt::format("{} = 0", key), "setting");
  Path path;
  while (table.entries.size() == 1) {
    path.push_back(table.entries[0].key);
    auto* inner = std::get_if<TomlTable>(&table.entries[0].value.data);
    if (!inner) return path;
    TomlTable next = std::move(*inner);
    table = std::move(next);
  }
  throw malformed(setting);
} catch (const InputError&) {
  throw malformed(setting);
}

TomlValue parse_value(std::string_view text) {
  try {
    TomlTable table = parse_toml(fmt::format("value = {}", text), "setting");
    if (table.entries.size() == 1) return std::move(table.entries[0].value);
  } catch (const InputError&) {
    // A bare word, most likely.
  }
  return {std::string(text), 0, {}};
}

/// Notes in a value, and in all that it holds, where it is from.
void note_setting(TomlValue& value, const std::string& setting) {
  value.setting = setting;
  if (auto* array = std::get_if<TomlValue::Array>(&value.data)) {
    for (TomlValue& element : *array) note_setting(element, setting);
  } else if (auto* table = std::get_if<TomlTable>(&value.data)) {
    table->setting = setting;
    for (TomlEntry& entry : table->entries) note_setting(entry.value, setting);
  }
}

TomlValue* find(TomlTable& table, std::string_view key) {
  const auto found = std::find_if(table.entries.begin(), table.entries.end(),
                                  [&](const TomlEntry& entry) { return entry.key == key; });
  return found == table.entries.end() ? nullptr : &found->value;
}

const std::string* text_of(const TomlValue* value) {
  return value ? std::get_if<std::string>(&value->data) : nullptr;
}

/// Drops what belongs to the former optimiser or schedule when `path`, whose last table is `table`,
/// gets another one.
void drop_parameters(TomlTable& table, const Path& path, const TomlValue& value) {
  const std::string* next = text_of(&value);
  const std::string* former = text_of(find(table, path.back()));
  const bool network = path.size() == 2 && (path[0] == "generator" || path[0] == "discriminator");
  if (network && path[1] == "optimizer") {
    const std::string before = former ? *former : OptimizerRecipe{}.optimizer;
    if (next && *next == before) return;
    std::erase_if(table.entries, [](const TomlEntry& entry) {
      return std::find(own_keys.begin(), own_keys.end(), entry.key) == own_keys.end();
    });
  } else if (path.size() == 3 && path[1] == "schedule" && path[2] == "kind") {
    if (next && former && *next == *former) return;
    std::erase_if(table.entries, [](const TomlEntry& entry) { return entry.key != "kind"; });
  }
}

/// The table `key` of `table`, made if it is not there. A schedule that is a text becomes the table
/// that it stands for.
TomlTable& table_in(TomlTable& table, const std::string& key, const std::string& setting) {
  TomlValue* value = find(table, key);
  if (!value) {
    table.entries.push_back({key, {TomlTable{}, 0, setting}});
    value = &table.entries.back().value;
    std::get<TomlTable>(value->data).setting = setting;
  }
  if (key == "schedule" && text_of(value)) {
    const TomlValue kind = *value;
    value->data = TomlTable{{{"kind", kind}}, kind.line, kind.setting};
  }
  if (auto* inner = std::get_if<TomlTable>(&value->data)) return *inner;
  throw InputError(fmt::format("'{}' is no table", key), fmt::format("the setting {}", setting),
                   "only a table has keys of its own");
}

}  // namespace

void apply_setting(TomlTable& recipe, const std::string& setting) {
  const std::size_t equals = setting.find('=');
  if (equals == setting.npos) throw malformed(setting);
  const std::string_view text = setting;
  const Path path = parse_key(trimmed(text.substr(0, equals)), setting);
  TomlValue value = parse_value(trimmed(text.substr(equals + 1)));
  value.line = 0;
  note_setting(value, setting);
  TomlTable* table = &recipe;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) table = &table_in(*table, path[i], setting);
  drop_parameters(*table, path, value);
  if (TomlValue* present = find(*table, path.back())) {
    *present = std::move(value);
  } else {
    table->entries.push_back({path.back(), std::move(value)});
  }
}

}  // namespace showergan::gan
