#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace showergan {

struct TomlEntry;

/// A table of a TOML file, in the order of its lines.
struct TomlTable {
  std::vector<TomlEntry> entries;
  std::int64_t line = 0;
  std::string setting;  ///< as in TomlValue

  const TomlEntry* find(std::string_view key) const;
};

/// One value of a TOML file with the place it is from, so that whoever finds it wrong can say
/// where.
struct TomlValue {
  using Array = std::vector<TomlValue>;
  std::variant<bool, std::int64_t, double, std::string, Array, TomlTable> data;
  std::int64_t line = 0;
  std::string setting;  ///< the KEY=VALUE that it is from, if it is not from a file
};

struct TomlEntry {
  std::string key;
  TomlValue value;
};

/// Reads a TOML file. Throws InputError naming file and line if it cannot be read or is no TOML;
/// dates are refused, as no definition has any.
TomlTable read_toml(const std::filesystem::path& path);

/// The same from a text; `name` is what errors call it.
TomlTable parse_toml(std::string_view text, const std::filesystem::path& name);

}  // namespace showergan
