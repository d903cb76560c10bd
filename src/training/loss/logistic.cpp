#include <algorithm>
#include <cmath>

#include "training/loss/registry.hpp"

namespace showergan::training::loss {

/// The binary cross-entropy of the probability 1 / (1 + e^−p): ln(1 + e^p) − t p. The prediction is
/// any number, the logarithm of the odds, so that no certainty has to be clipped.
Kind logistic() {
  return {
      "logistic",
      [](double target, double prediction) {
        // ln(1 + e^p) without an overflow; in this order NaN stays NaN.
        const double softplus =
            std::max(prediction, 0.0) + std::log1p(std::exp(-std::abs(prediction)));
        return softplus - target * prediction;
      },
      [](double target, double prediction) { return 1 / (1 + std::exp(-prediction)) - target; }};
}

}  // namespace showergan::training::loss
