#pragma once

#include <cstdint>
#include <span>

namespace showergan::gan {

/// Minus the logarithm of the density of the cells of some showers under their spectra, per cell
/// and without ln(2π)/2 of those that are hit: flow::CellSpectrum, with cells of which those above
/// 0 are hit. `cells` (n, cells) in GeV; `numbers` (n, CellSpectrum::numbers, cells). `gradient`
/// becomes that of the result with respect to `numbers`.
double cell_likelihood(std::span<const float> cells, std::span<const float> numbers,
                       std::int64_t showers, std::span<float> gradient);

}  // namespace showergan::gan
