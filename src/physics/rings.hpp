#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "physics/cell.hpp"
#include "physics/image_geometry.hpp"

namespace showergan::physics {

inline constexpr std::size_t kRings = 13;

/// The rings of cells around the shower axis (METRICS: `radial`): ring k holds the cells whose
/// distance from the central cell, in cells, rounds to k, k = 0 … 12, all layers together. Cells
/// further out are in no ring.
class Rings {
 public:
  explicit Rings(const ImageGeometry& geometry);

  /// Energy in each ring, GeV.
  std::array<double, kRings> energies(std::span<const Cell> cells) const;

 private:
  std::int64_t ny_;
  std::vector<std::uint8_t> ring_;  ///< of column (x, y); kRings if it is in none
};

/// Fraction of the energy more than 6 cells from the central cell in x or y; 0 for an empty shower.
double tail_fraction(std::span<const Cell> cells, const ImageGeometry& geometry);

}  // namespace showergan::physics
