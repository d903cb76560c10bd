#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::test {

/// Showers first … first + count − 1 of an endless sample: mostly empty cells, energies from 10 to
/// 500 GeV, angles, impacts with escaped energies if wanted.
inline ShowerBatch sample_showers(const Grid& grid, std::int64_t first, std::int64_t count,
                                  bool angles = false, bool impacts = false) {
  const CounterRandom random(99, RandomPurpose::noise);
  ShowerBatch batch;
  batch.grid = grid;
  for (std::int64_t i = first; i < first + count; ++i) {
    std::vector<float> numbers(static_cast<std::size_t>(grid.cells() + 6));
    random.fill_uniform(static_cast<std::uint64_t>(i), numbers);
    batch.energy.push_back(10.0F + 490.0F * numbers[0]);
    if (angles) batch.theta.push_back(1.0F + numbers[1]);
    if (angles) batch.phi.push_back(3.0F * numbers[2]);
    const float* more = numbers.data() + numbers.size() - 3;
    if (impacts) batch.impact_x.push_back(5.0F * more[0] - 2.5F);
    if (impacts) batch.impact_y.push_back(5.0F * more[1] - 2.5F);
    if (impacts) batch.escaped.push_back(batch.energy.back() * more[2]);
    for (std::size_t c = 3; c < numbers.size() - 3; ++c) {
      batch.cells.push_back(numbers[c] > 0.8F ? numbers[c] * numbers[c] : 0.0F);
    }
  }
  return batch;
}

}  // namespace showergan::test
