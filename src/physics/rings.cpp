#include "physics/rings.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace showergan::physics {
namespace {

constexpr std::int64_t kTailDistance = 6;  // cells

}  // namespace

Rings::Rings(const ImageGeometry& geometry) : ny_(geometry.grid.ny) {
  for (std::int64_t x = 0; x < geometry.grid.nx; ++x) {
    for (std::int64_t y = 0; y < ny_; ++y) {
      const auto dx = static_cast<double>(x - geometry.centre_x());
      const auto dy = static_cast<double>(y - geometry.centre_y());
      const auto ring = static_cast<std::size_t>(std::lround(std::hypot(dx, dy)));
      ring_.push_back(static_cast<std::uint8_t>(std::min(ring, kRings)));
    }
  }
}

std::array<double, kRings> Rings::energies(std::span<const Cell> cells) const {
  std::array<double, kRings + 1> sums = {};  // the last one collects what is in no ring
  for (const Cell& cell : cells) {
    sums[ring_[static_cast<std::size_t>(cell.x * ny_ + cell.y)]] += cell.energy;
  }
  std::array<double, kRings> rings;
  std::copy_n(sums.begin(), kRings, rings.begin());
  return rings;
}

double tail_fraction(std::span<const Cell> cells, const ImageGeometry& geometry) {
  double sum = 0;
  double tail = 0;
  for (const Cell& cell : cells) {
    sum += cell.energy;
    if (std::abs(cell.x - geometry.centre_x()) > kTailDistance ||
        std::abs(cell.y - geometry.centre_y()) > kTailDistance) {
      tail += cell.energy;
    }
  }
  return sum > 0 ? tail / sum : 0.0;
}

}  // namespace showergan::physics
