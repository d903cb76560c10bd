#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "shower/shower_batch.hpp"
#include "store/shower_format.hpp"

namespace showergan {

enum class ColumnKind { angle, position, energy };

/// A number that a file may have for each shower, beside the energy of the primary.
struct ShowerColumn {
  const char* name;                         ///< of the data set
  std::vector<float> ShowerBatch::*values;  ///< empty in a batch without it
  ColumnKind kind;
};

/// All of them, in the order in which they are written.
inline constexpr std::array shower_columns = {
    ShowerColumn{shower_format::theta, &ShowerBatch::theta, ColumnKind::angle},
    ShowerColumn{shower_format::phi, &ShowerBatch::phi, ColumnKind::angle},
    ShowerColumn{shower_format::impact_x, &ShowerBatch::impact_x, ColumnKind::position},
    ShowerColumn{shower_format::impact_y, &ShowerBatch::impact_y, ColumnKind::position},
    ShowerColumn{shower_format::escaped, &ShowerBatch::escaped, ColumnKind::energy}};

inline constexpr std::size_t theta_column = 0;
inline constexpr std::size_t phi_column = 1;
inline constexpr std::size_t impact_x_column = 2;
inline constexpr std::size_t impact_y_column = 3;

/// The unit in a ShowerBatch: "rad", "mm" or "GeV".
const char* unit_name(ColumnKind kind) noexcept;

/// Throws InputError, as the functions of shower_check.hpp, for a number that cannot be.
void check_column(ColumnKind kind, std::span<const float> values, const std::string& where,
                  std::int64_t first_row);

}  // namespace showergan
