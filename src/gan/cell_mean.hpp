#pragma once

#include <cstdint>
#include <span>

namespace showergan::gan {

/// How far the cells' mean energies μ, as their spectra (flow::CellSpectrum) have them, are from
/// the cells of some showers: the deviance E ln(E / μ) + μ − E of a Poisson distribution in MeV,
/// per cell. The likelihood of a spectrum hardly sees its mean, which a few high energies decide
/// about; showers that hold the right energy everywhere need it. Where the deviance of many cells
/// is least, the sum of their means is that of their energies. `cells` (n, cells) in GeV; `numbers`
/// (n, CellSpectrum::numbers, cells). `weight` times the gradient of the result with respect to
/// `numbers` is added to `gradient`.
double cell_mean_deviance(std::span<const float> cells, std::span<const float> numbers,
                          std::int64_t showers, double weight, std::span<float> gradient);

}  // namespace showergan::gan
