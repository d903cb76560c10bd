#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/units.hpp"
#include "physics/cell.hpp"

namespace showergan::physics {

/// 70 keV is half of what a minimum-ionising particle leaves in 0.5 mm of silicon; 200 and 300 keV
/// are the thresholds of the 3DGAN papers.
inline constexpr std::array<double, 3> kHitThresholds = {70 * units::keV, 200 * units::keV,
                                                         300 * units::keV};

/// Number of cells above each of kHitThresholds.
std::array<std::int64_t, 3> count_hits(std::span<const Cell> cells);

}  // namespace showergan::physics
