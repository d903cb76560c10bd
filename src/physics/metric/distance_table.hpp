#pragma once

#include <cstddef>
#include <vector>

#include "physics/feature_matrix.hpp"
#include "physics/metric/nearest_neighbours.hpp"

namespace showergan::physics {

/// Squared distances between all rows of two tables of features.
class DistanceTable {
 public:
  DistanceTable(const FeatureMatrix& from, const FeatureMatrix& to, int threads);

  /// The distances from some rows to some columns; both lists and the table must outlive the
  /// result.
  DistanceRow between(const std::vector<std::size_t>& rows,
                      const std::vector<std::size_t>& columns) const;

 private:
  std::size_t columns_;
  std::vector<double> values_;
};

}  // namespace showergan::physics
