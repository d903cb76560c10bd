#pragma once

#include <span>

#include "shower/shower_batch.hpp"

namespace showergan {

/// The turns and mirrorings of the square across the shower (the dihedral group of 8 elements):
/// what a perpendicular particle's shower may as well have looked like. The depth z stays.
inline constexpr unsigned square_symmetries = 8;

/// Writes the image of `shower` under symmetry number `which` (0: the identity) to `out`; both are
/// [x][y][z] on `grid`, which is square (nx = ny). Bits of `which`: 1 mirrors x, 2 mirrors y, and 4
/// then swaps x and y.
void apply_symmetry(unsigned which, const Grid& grid, std::span<const float> shower,
                    std::span<float> out);

}  // namespace showergan
