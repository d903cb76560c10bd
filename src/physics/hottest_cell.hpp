#pragma once

#include <span>

#include "physics/cell.hpp"

namespace showergan::physics {

/// The cell with the highest energy, the first one in the order of the image where several are
/// equal; a cell of no energy at (0, 0, 0) for an empty shower.
Cell hottest_cell(std::span<const Cell> cells);

}  // namespace showergan::physics
