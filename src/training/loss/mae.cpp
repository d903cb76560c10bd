#include <cmath>

#include "training/loss/registry.hpp"

namespace showergan::training::loss {

/// Mean absolute error |t − p|; at equality the derivative is 0.
Kind mae() {
  return {"mae", [](double target, double prediction) { return std::fabs(target - prediction); },
          [](double target, double prediction) {
            return static_cast<double>((prediction > target) - (prediction < target));
          }};
}

}  // namespace showergan::training::loss
