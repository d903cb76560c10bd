#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace showergan {

/// Checks of what was read; `where` names file and data set, `first_row` is the row of the first
/// number in the file. All throw InputError that names the row.

/// Cell energies of whole showers, `columns` numbers each: finite and not negative.
void check_cells(std::span<const float> cells, std::int64_t columns, const std::string& where,
                 std::int64_t first_row);

/// Energies of primaries: finite and greater than 0.
void check_primary_energies(std::span<const float> energies, const std::string& where,
                            std::int64_t first_row);

/// Angles: finite.
void check_angles(std::span<const float> angles, const std::string& where, std::int64_t first_row);

/// Where primaries hit the calorimeter, along one axis: finite.
void check_positions(std::span<const float> positions, const std::string& where,
                     std::int64_t first_row);

/// Energies that escaped from the calorimeter: finite and not negative.
void check_escaped(std::span<const float> energies, const std::string& where,
                   std::int64_t first_row);

}  // namespace showergan
