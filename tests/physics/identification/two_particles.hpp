#pragma once

#include <algorithm>

#include "physics/toy_showers.hpp"

namespace showergan::test {

/// Toy showers one layer deeper, as those of a particle that first has to convert.
inline ShowerBatch deeper_showers(std::uint64_t seed, const std::vector<float>& energies) {
  const ShowerBatch batch = toy_showers(seed, energies);
  const std::int64_t layers = batch.grid.nz;
  return changed(batch, [layers](std::span<float> image) {
    for (auto row = image.begin(); row != image.end(); row += layers) {
      std::shift_right(row, row + layers, 1);
      *row = 0;
    }
  });
}

}  // namespace showergan::test
