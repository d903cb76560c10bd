#include "physics/metric/distance_table.hpp"

#include <cstdint>

#include "base/threads.hpp"

namespace showergan::physics {

DistanceTable::DistanceTable(const FeatureMatrix& from, const FeatureMatrix& to, int threads)
    : columns_(to.rows()), values_(from.rows() * to.rows()) {
  const DistanceRow row_to = rows_to(from, to);
  parallel_for(threads, static_cast<std::int64_t>(from.rows()), [&](std::int64_t row, int) {
    const auto i = static_cast<std::size_t>(row);
    row_to(i, std::span(values_).subspan(i * columns_, columns_));
  });
}

DistanceRow DistanceTable::between(const std::vector<std::size_t>& rows,
                                   const std::vector<std::size_t>& columns) const {
  return [this, &rows, &columns](std::size_t i, std::span<double> distances) {
    const double* from = &values_[rows[i] * columns_];
    for (std::size_t j = 0; j < columns.size(); ++j) distances[j] = from[columns[j]];
  };
}

}  // namespace showergan::physics
