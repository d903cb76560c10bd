#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// A cell that was read out.
struct Cell {
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::int32_t z = 0;  ///< the layer, 0 in front
  double energy = 0;   ///< GeV
};

/// The cells of `image` ([x][y][z], GeV) that hold energy and are not below `threshold`, in the
/// order of the image; everything below counts as empty. `cells` is overwritten, so that its memory
/// is used again. A number that is not finite is kept, for the caller to find.
void read_out(std::span<const float> image, const Grid& grid, double threshold,
              std::vector<Cell>& cells);

}  // namespace showergan::physics
