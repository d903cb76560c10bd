#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "showergan/error.hpp"

#include "model/toml_value.hpp"
#include "nn/graph/shape.hpp"

namespace showergan {

/// Reads the keys of one table of a definition file: each getter checks type and range, and names
/// file, line and key when it throws InputError. Keys that nobody asked for are errors, too (they
/// are misspelt ones most of the time).
class DefinitionTable {
 public:
  /// `what` is how errors call the table: "layer 'conv3d_1'".
  DefinitionTable(std::filesystem::path file, const TomlTable& table, std::string what);

  /// Whether the key is there. Asking for it, here and below, makes it a known one.
  bool has(std::string_view key) const;
  const TomlValue* find(std::string_view key) const;

  std::string text(std::string_view key) const;
  std::string text(std::string_view key, std::string_view otherwise) const;
  bool boolean(std::string_view key, bool otherwise) const;
  double number(std::string_view key) const;
  double number(std::string_view key, double otherwise) const;
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high) const;
  std::vector<std::int64_t> integers(std::string_view key, std::int64_t low,
                                     std::int64_t high) const;
  std::vector<double> numbers(std::string_view key) const;
  /// One number for all three axes or a list of three.
  nn::Triple triple(std::string_view key, std::int64_t low, std::int64_t high) const;
  nn::Triple triple(std::string_view key, std::int64_t low, std::int64_t high,
                    const nn::Triple& otherwise) const;
  /// Cells before and after each axis: 2, [2, 2, 0] (both sides) or [[2, 3], [2, 2], [0, 1]].
  nn::Padding padding(std::string_view key, std::int64_t high) const;

  /// Throws InputError for the first key that was never asked for, with the known ones and the most
  /// similar of them.
  void reject_unknown_keys() const;

  const std::filesystem::path& file() const noexcept { return file_; }
  const std::string& what() const noexcept { return what_; }
  std::int64_t line() const noexcept { return table_->line; }

  /// "file:line" or "the setting KEY=VALUE", for errors.
  std::string place() const;
  std::string place(const TomlValue& value) const;

  /// An error about a key (or about the whole table if it is not there).
  InputError error(std::string_view key, std::string_view problem,
                   std::string_view advice = {}) const;

 private:
  std::string place(std::int64_t line, const std::string& setting) const;
  const TomlValue& required(std::string_view key) const;
  std::int64_t integer_in(const TomlValue& value, std::string_view key, std::int64_t low,
                          std::int64_t high) const;

  std::filesystem::path file_;
  const TomlTable* table_;
  std::string what_;
  mutable std::set<std::string, std::less<>> known_;
};

}  // namespace showergan
