#include <algorithm>
#include <cmath>

#include "training/loss/registry.hpp"

namespace showergan::training::loss {
namespace {

/// Keras clips probabilities to [c, 1 − c], c its backend's epsilon, so that a wrong certainty
/// costs 16 and not infinity.
constexpr double kClip = 1e-7;

}  // namespace

/// −t ln p − (1 − t) ln(1 − p) of a probability p, clipped as Keras' binary_crossentropy clips it:
/// outside of the clip the derivative is 0.
Kind binary_cross_entropy() {
  return {"binary_cross_entropy",
          [](double target, double prediction) {
            const double p = std::clamp(prediction, kClip, 1 - kClip);
            return -target * std::log(p) - (1 - target) * std::log(1 - p);
          },
          [](double target, double prediction) {
            if (prediction < kClip || prediction > 1 - kClip) return 0.0;
            return (prediction - target) / (prediction * (1 - prediction));
          }};
}

}  // namespace showergan::training::loss
