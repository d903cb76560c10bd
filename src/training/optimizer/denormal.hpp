#pragma once

#include <cmath>
#include <limits>

namespace showergan::training::optimizer {

/// 0 for a number so small that it has lost digits. A decaying average of gradients that have
/// become 0 ends there, and processors take a hundred times longer to calculate with such numbers.
inline float without_denormal(float value) {
  return std::fabs(value) < std::numeric_limits<float>::min() ? 0.0F : value;
}

}  // namespace showergan::training::optimizer
