#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "physics/shower_set.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::test {

/// A shower of one or more given cells.
struct ToyCell {
  std::int64_t x = 0;
  std::int64_t y = 0;
  std::int64_t z = 0;
  float energy = 0;
};

/// Adds a shower to a batch of the given grid.
inline void add_shower(ShowerBatch& batch, float energy, const std::vector<ToyCell>& cells) {
  const auto first = batch.cells.size();
  batch.energy.push_back(energy);
  batch.cells.resize(first + static_cast<std::size_t>(batch.grid.cells()));
  for (const ToyCell& cell : cells) {
    const auto index = (cell.x * batch.grid.ny + cell.y) * batch.grid.nz + cell.z;
    batch.cells[first + static_cast<std::size_t>(index)] = cell.energy;
  }
}

inline ShowerBatch batch_of(const Grid& grid, float energy, const std::vector<ToyCell>& cells) {
  ShowerBatch batch;
  batch.grid = grid;
  add_shower(batch, energy, cells);
  return batch;
}

inline physics::ShowerSet measured(const ShowerBatch& batch, int threads = 2) {
  physics::ShowerSet set(physics::unit_geometry(batch.grid));
  set.append(batch, threads);
  return set;
}

/// Energies of `count` toy showers, uniform in [10, 100) GeV.
inline std::vector<float> toy_energies(std::uint64_t seed, std::int64_t count) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> uniform(10, 100);
  std::vector<float> energies;
  for (std::int64_t i = 0; i < count; ++i) energies.push_back(uniform(random));
  return energies;
}

/// Showers that fluctuate in scale, depth and every cell on a 9 x 9 x 10 grid. The last layer is
/// empty, so that they can be moved by one layer.
inline ShowerBatch toy_showers(std::uint64_t seed, const std::vector<float>& energies) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  ShowerBatch batch;
  batch.grid = {9, 9, 10};
  batch.energy = energies;
  for (const float energy : energies) {
    const double scale = 2e-3 * energy * (1 + 0.05 * normal(random));
    const double depth = 1 + 0.6 * std::log(energy) + 0.4 * normal(random);
    const double x0 = 4 + 0.2 * normal(random);
    const double y0 = 4 + 0.2 * normal(random);
    for (int x = 0; x < 9; ++x) {
      for (int y = 0; y < 9; ++y) {
        for (int z = 0; z < 10; ++z) {
          const double r = std::hypot(x - x0, y - y0);
          const double shape = std::exp(-1.2 * r - 0.25 * (z - depth) * (z - depth));
          const double value = scale * shape * std::exp(0.5 * normal(random));
          batch.cells.push_back(z == 9 ? 0.0f : static_cast<float>(value));
        }
      }
    }
  }
  return batch;
}

/// The same showers with `change` applied to each image.
inline ShowerBatch changed(ShowerBatch batch,
                           const std::function<void(std::span<float> image)>& change) {
  for (std::int64_t i = 0; i < batch.size(); ++i) change(batch.shower(i));
  return batch;
}

}  // namespace showergan::test
