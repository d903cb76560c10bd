#include "model/toml_value.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "showergan/error.hpp"

#include "model/read_file.hpp"

namespace showergan {
namespace {

std::string place(const std::filesystem::path& path, const toml::source_region& source) {
  return fmt::format("{}:{}", path.string(), source.begin.line);
}

TomlTable convert(const toml::table& table, const std::filesystem::path& path);

TomlValue convert(const toml::node& node, const std::filesystem::path& path) {
  TomlValue value;
  value.line = static_cast<std::int64_t>(node.source().begin.line);
  if (const auto* table = node.as_table()) {
    value.data = convert(*table, path);
  } else if (const auto* array = node.as_array()) {
    TomlValue::Array elements;
    for (const toml::node& element : *array) elements.push_back(convert(element, path));
    value.data = std::move(elements);
  } else if (const auto* text = node.as_string()) {
    value.data = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.data = std::int64_t{integer->get()};
  } else if (const auto* number = node.as_floating_point()) {
    value.data = number->get();
  } else if (const auto* truth = node.as_boolean()) {
    value.data = truth->get();
  } else {
    throw InputError("a date or time has no meaning here", place(path, node.source()));
  }
  return value;
}

TomlTable convert(const toml::table& table, const std::filesystem::path& path) {
  TomlTable result;
  result.line = static_cast<std::int64_t>(table.source().begin.line);
  std::vector<std::pair<std::string, const toml::node*>> entries;
  for (const auto& [key, node] : table) entries.emplace_back(key.str(), &node);
  // toml++ sorts the keys by name.
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    const toml::source_position& first = a.second->source().begin;
    const toml::source_position& second = b.second->source().begin;
    return std::tie(first.line, first.column) < std::tie(second.line, second.column);
  });
  for (const auto& [key, node] : entries) result.entries.push_back({key, convert(*node, path)});
  return result;
}

}  // namespace

const TomlEntry* TomlTable::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const TomlEntry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

TomlTable read_toml(const std::filesystem::path& path) {
  return parse_toml(read_file(path, "definition"), path);
}

TomlTable parse_toml(std::string_view text, const std::filesystem::path& name) {
  try {
    return convert(toml::parse(text, name.string()), name);
  } catch (const toml::parse_error& error) {
    throw InputError(fmt::format("not valid TOML: {}", error.description()),
                     place(name, error.source()));
  }
}

}  // namespace showergan
