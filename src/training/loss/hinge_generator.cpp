#include "training/loss/registry.hpp"

namespace showergan::training::loss {

/// −y p with y = 2 t − 1: what the generator minimises where the discriminator has the loss
/// `hinge` (Lim & Ye, arXiv:1705.02894; Miyato et al., arXiv:1802.05957). It has no
/// lower bound.
Kind hinge_generator() {
  return {"hinge_generator",
          [](double target, double prediction) { return -(2 * target - 1) * prediction; },
          [](double target, double) { return -(2 * target - 1); }};
}

}  // namespace showergan::training::loss
