#pragma once

#include <span>

namespace showergan::training {

/// The L2 norm, summed in double precision in a fixed order: the same bits on every machine. NaN or
/// infinite if an element is.
double gradient_norm(std::span<const float> gradient);

/// Scales a gradient longer than `limit` to that length (Pascanu et al., arXiv:1211.5063,
/// algorithm 1) and returns its norm before. A `limit` of 0 limits nothing. A gradient whose norm
/// is not finite is left as it is: it has no direction to keep, and the caller sees the norm.
double clip_gradient(std::span<float> gradient, double limit);

}  // namespace showergan::training
