#pragma once

#include "physics/feature_matrix.hpp"
#include "physics/hashed_numbers.hpp"

namespace showergan::test {

/// The features of make_expected_distances.py: sums of uniform numbers, one of which all six
/// features of a row share.
inline physics::FeatureMatrix hashed_features(std::uint64_t seed, std::size_t rows,
                                              double scale = 1, double shift = 0) {
  physics::FeatureMatrix table(rows, 6);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint64_t base = (seed << 32) + (i << 8);
    const double common = hashed_uniform(base);
    for (std::size_t k = 0; k < 6; ++k) {
      const double own = hashed_uniform(base + 1 + 2 * k) + hashed_uniform(base + 2 + 2 * k);
      table.row(i)[k] = scale * (own + common) + shift * static_cast<double>(k);
    }
  }
  return table;
}

/// The second sample of the script.
inline physics::FeatureMatrix shifted_features(std::size_t rows) {
  return hashed_features(2, rows, 1.05, 0.03);
}

}  // namespace showergan::test
