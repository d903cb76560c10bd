#include "physics/hottest_cell.hpp"

namespace showergan::physics {

Cell hottest_cell(std::span<const Cell> cells) {
  Cell hottest;
  for (const Cell& cell : cells) {
    if (cell.energy > hottest.energy) hottest = cell;
  }
  return hottest;
}

}  // namespace showergan::physics
