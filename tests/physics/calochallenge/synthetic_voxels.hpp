#pragma once

#include <cstdint>
#include <vector>

#include "physics/calochallenge/protocol_observable.hpp"
#include "physics/calochallenge/voxel_set.hpp"
#include "physics/hashed_numbers.hpp"

namespace showergan::test {

/// The binning of make_expected.py.
inline Binning irregular_binning() {
  return {"electron",
          {{0, {0, 4, 10, 30}, 1},
           {1, {0, 2, 5, 9, 20}, 8},
           {2, {0, 3, 12}, 10},
           {12, {0, 10, 50}, 3}}};
}

/// The showers of make_expected.py, to the last bit.
inline ShowerBatch synthetic_voxels(std::uint64_t seed, std::uint64_t count,
                                    std::uint64_t energy_seed, double distortion) {
  const Binning binning = irregular_binning();
  const std::vector<std::int64_t> positions = binning.image_positions();
  ShowerBatch batch;
  batch.grid = binning.grid();
  batch.cells.resize(count * static_cast<std::size_t>(batch.grid.cells()));
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t base = (seed << 32) + (i << 12);
    batch.energy.push_back(
        static_cast<float>(1 + 63 * hashed_uniform((energy_seed << 32) + (i << 12))));
    const auto image = batch.shower(static_cast<std::int64_t>(i));
    std::uint64_t place = 0;
    for (std::uint64_t number = 0; number < binning.layers.size(); ++number) {
      const BinningLayer& layer = binning.layers[number];
      const bool empty = i % 29 == 7 || hashed_uniform(base + 3000 + number) < 0.125;
      const double share = (0.1 + 0.3 * hashed_uniform(base + 2000 + number)) * (1 + distortion);
      for (std::int64_t sector = 0; sector < layer.sectors; ++sector) {
        for (std::int64_t ring = 0; ring < layer.rings(); ++ring, ++place) {
          const double u = hashed_uniform(base + 1 + place);
          const double fall = 1 + (1 + distortion) * static_cast<double>(ring);
          const double cell = static_cast<double>(batch.energy.back()) * share * (u * u * u * u) /
                              (fall * static_cast<double>(layer.sectors));
          image[static_cast<std::size_t>(positions[place])] =
              empty || u < 0.3 ? 0.0f : static_cast<float>(cell * 0.01);
        }
      }
    }
  }
  return batch;
}

/// What is measured of such showers, with the bins that a reference of them gives.
inline physics::VoxelSet measured_voxels(const ShowerBatch& batch, const ShowerBatch& reference,
                                         int threads = 2) {
  const Binning binning = irregular_binning();
  const physics::Protocol protocol = physics::protocol_of(binning);
  physics::VoxelSet set(binning, protocol,
                        physics::voxel_edges(protocol, physics::largest_voxel(reference)));
  set.append(batch, threads);
  return set;
}

}  // namespace showergan::test
