#pragma once

#include <cmath>
#include <cstdint>

#include "shower/detector.hpp"

namespace showergan::montecarlo {

/// Which cell of the image a deposit belongs to.
class CellMap {
 public:
  /// The detector's own cells: nx × ny of them around the middle.
  explicit CellMap(const Detector& detector)
      : grid_(detector.grid),
        per_x_(1 / detector.cell_x),
        per_y_(1 / detector.cell_y),
        half_x_(0.5 * static_cast<double>(detector.grid.nx)),
        half_y_(0.5 * static_cast<double>(detector.grid.ny)) {}

  const Grid& grid() const { return grid_; }

  /// Place in the image of what is deposited at x and y (mm) in a layer, or −1 beside the image.
  std::int64_t place(double x, double y, std::int64_t layer) const {
    const double column = std::floor(x * per_x_ + half_x_);
    const double row = std::floor(y * per_y_ + half_y_);
    if (column < 0 || row < 0) return -1;
    const auto i = static_cast<std::int64_t>(column);
    const auto j = static_cast<std::int64_t>(row);
    if (i >= grid_.nx || j >= grid_.ny) return -1;
    return (i * grid_.ny + j) * grid_.nz + layer;
  }

 private:
  Grid grid_;
  double per_x_;
  double per_y_;
  double half_x_;
  double half_y_;
};

}  // namespace showergan::montecarlo
