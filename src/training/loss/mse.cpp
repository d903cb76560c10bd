#include "training/loss/registry.hpp"

namespace showergan::training::loss {

/// Mean squared error (t − p)².
Kind mse() {
  return {"mse",
          [](double target, double prediction) {
            return (target - prediction) * (target - prediction);
          },
          [](double target, double prediction) { return 2 * (prediction - target); }};
}

}  // namespace showergan::training::loss
