#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "physics/cell.hpp"

namespace showergan::physics {

/// The binnings of the cell-energy spectrum.
enum class Spectrum {
  wide,  ///< 30 logarithmic bins from 1 keV to 1 GeV
  mip,   ///< 45 linear bins from 0.05 to 0.5 MeV, around the minimum-ionising peak
  full,  ///< 36 logarithmic bins from 1 keV to 1 TeV, which no cell exceeds
};
inline constexpr std::array<Spectrum, 3> kSpectra = {Spectrum::wide, Spectrum::mip, Spectrum::full};

/// Edges in GeV, one more than there are bins, ascending.
std::span<const double> spectrum_edges(Spectrum spectrum);

/// Adds the number of cells in each bin; a bin holds its lower edge, and the last one both. Cells
/// outside are left out.
void count_cells(std::span<const Cell> cells, Spectrum spectrum, std::span<std::uint32_t> counts);

}  // namespace showergan::physics
