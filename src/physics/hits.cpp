#include "physics/hits.hpp"

namespace showergan::physics {

std::array<std::int64_t, 3> count_hits(std::span<const Cell> cells) {
  std::array<std::int64_t, 3> hits = {};
  for (const Cell& cell : cells) {
    for (std::size_t i = 0; i < hits.size(); ++i) {
      if (cell.energy > kHitThresholds[i]) ++hits[i];
    }
  }
  return hits;
}

}  // namespace showergan::physics
