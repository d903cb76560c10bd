#pragma once

#include <functional>

#include "physics/energy_bins.hpp"
#include "physics/metric/comparison.hpp"
#include "physics/toy_showers.hpp"

namespace showergan::test {

/// `count` showers of one energy (GeV) with two cells in the layers 0 and 1 of a 1 x 1 x 2 grid:
/// shower i holds `sum(i)` GeV, a tenth of it in layer 1.
inline physics::ShowerSet two_cell_set(int count, float energy,
                                       const std::function<double(int)>& sum) {
  ShowerBatch batch;
  batch.grid = {1, 1, 2};
  for (int i = 0; i < count; ++i) {
    const double total = sum(i);
    add_shower(
        batch, energy,
        {{0, 0, 0, static_cast<float>(0.9 * total)}, {0, 0, 1, static_cast<float>(0.1 * total)}});
  }
  return measured(batch);
}

/// The whole of two sets in one bin of the energy.
inline physics::Comparison compare_whole(const physics::ShowerSet& reference,
                                         const physics::ShowerSet& candidate) {
  return {physics::Sample(reference), physics::Sample(candidate),
          physics::EnergyBins(reference.energy())};
}

}  // namespace showergan::test
