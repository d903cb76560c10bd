#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace showergan::physics {

/// The rows 0 … size − 1 in ascending order of their energy; rows of equal energy stay in their
/// order.
std::vector<std::int64_t> rows_by_energy(std::span<const double> energy);

/// `size` of the rows, evenly over their order; all of them if there are no more than that.
std::vector<std::int64_t> thinned(std::span<const std::int64_t> rows, std::int64_t size);

/// Neighbours dealt alternately to two halves of equal size; of an odd number the last row is left
/// out.
std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>> dealt(
    std::span<const std::int64_t> rows);

}  // namespace showergan::physics
