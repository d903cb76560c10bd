#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/definition_table.hpp"

namespace showergan::gan {

/// The numbers that a key of a recipe may have; infinity and NaN never are among them.
struct Interval {
  bool (*contains)(double);
  std::string_view text;  ///< "above 0", to follow "it must be"
};

inline constexpr Interval positive = {[](double x) { return x > 0; }, "above 0"};
inline constexpr Interval not_negative = {[](double x) { return x >= 0; }, "0 or more"};
inline constexpr Interval below_one = {[](double x) { return x >= 0 && x < 1; },
                                       "0 or more and below 1"};
inline constexpr Interval fraction = {[](double x) { return x >= 0 && x <= 1; }, "from 0 to 1"};

/// The number of a key, or `otherwise` if it is not there. This and the next ones throw InputError
/// for a value of wrong type or out of range.
double number_in(const DefinitionTable& table, const char* key, double otherwise,
                 const Interval& interval);

/// The whole number of a key, or `otherwise`.
std::int64_t integer_or(const DefinitionTable& table, const char* key, std::int64_t otherwise,
                        std::int64_t low, std::int64_t high);

/// The text of a key, one of `choices`, or `otherwise`.
std::string choice(const DefinitionTable& table, const char* key, const std::string& otherwise,
                   const std::vector<std::string>& choices);

/// The table of a key, or an empty one in the place of `table`.
TomlTable table_of(const DefinitionTable& table, const char* key);

}  // namespace showergan::gan
