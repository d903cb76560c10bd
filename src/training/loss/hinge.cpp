#include <algorithm>

#include "training/loss/registry.hpp"

namespace showergan::training::loss {

/// max(0, 1 − y p) with y = 2 t − 1: a target of 0 or 1 stands for −1 or +1. The discriminator's
/// loss of Lim & Ye, "Geometric GAN" (arXiv:1705.02894), also in Miyato et al., "Spectral
/// normalization for GANs" (arXiv:1802.05957). The prediction is any number, not a
/// probability. At the kink the derivative is 0.
Kind hinge() {
  return {"hinge",
          [](double target, double prediction) {
            const double y = 2 * target - 1;
            return std::max(1 - y * prediction, 0.0);  // in this order NaN stays NaN
          },
          [](double target, double prediction) {
            const double y = 2 * target - 1;
            return y * prediction >= 1 ? 0.0 : -y;
          }};
}

}  // namespace showergan::training::loss
