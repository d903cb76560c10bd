#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace showergan::physics {

/// A shower of a library in the place of a requested one.
struct LibraryUse {
  std::int64_t shower = 0;   ///< row in the library
  float energy = 0;          ///< requested, GeV
  float scale = 1;           ///< factor on the cells: requested over the library's energy
  std::uint32_t mirror = 0;  ///< of the symmetries of the square (apply_symmetry), which one
};

/// The shower library as a yardstick (a lookup table of Monte Carlo showers): for each requested
/// energy the library's shower nearest in energy, any of them where several are, rescaled, and with
/// `mirrored` under a random symmetry of the square. In order of the library's rows, so that it is
/// read once. Deterministic. `library_energy` holds positive numbers, at least one.
std::vector<LibraryUse> plan_library(std::span<const float> library_energy,
                                     std::span<const double> requested_energy, bool mirrored);

/// How often showers of a library are used.
struct LibraryReuse {
  std::int64_t distinct = 0;  ///< showers used at all
  std::int64_t most = 0;      ///< uses of the one used most
};
LibraryReuse count_reuse(std::span<const LibraryUse> uses);

}  // namespace showergan::physics
