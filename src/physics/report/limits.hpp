#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace showergan::physics {

/// What a metric must keep to. Limits that are not given do not hold.
struct Limit {
  std::string metric;
  std::optional<double> excess{};   ///< highest excess
  std::optional<double> highest{};  ///< highest value
  std::optional<double> lowest{};   ///< lowest value
};

/// Reads a TOML file of limits, one metric a line:
///   moments_shift = 0.1                            # on the excess
///   "separation[m1_x]" = { value = 0.05 }          # on the value; `max` is the same
///   coverage = { min = 0.9 }                       # not less than that
/// Throws InputError naming file and line if it cannot be read or is not of that form.
std::vector<Limit> read_limits(const std::filesystem::path& path);

}  // namespace showergan::physics
