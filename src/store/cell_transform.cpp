#include "store/cell_transform.hpp"

#include <cmath>

namespace showergan {

void CellTransform::apply(std::span<float> cells) const {
  if (threshold > 0) {
    for (float& cell : cells) cell = cell < threshold ? 0.0F : cell;
  }
  if (scale != 1) {
    for (float& cell : cells) cell *= scale;
  }
  if (power != 1) {
    for (float& cell : cells) cell = cell == 0 ? 0.0F : std::pow(cell, power);
  }
}

}  // namespace showergan
