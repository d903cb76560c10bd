#pragma once

#include <span>

namespace showergan::gan {

/// The loss of StartRecipe: mean over the cells of some showers of the quantile loss of
/// t(E) = ln(1 + E / unit), E / unit below 0, at the levels Φ(noise),
///
///     ρ_τ(d) = d · (τ − [d < 0]),   d = t(target) − t(shower).
///
/// `gradient` becomes its derivative by the cells of `shower`. All of (cells); energies and unit in
/// GeV.
double quantile_loss(std::span<const float> target, std::span<const float> shower,
                     std::span<const float> noise, double unit, std::span<float> gradient);

}  // namespace showergan::gan
