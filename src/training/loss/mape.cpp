#include <algorithm>
#include <cmath>

#include "training/loss/registry.hpp"

namespace showergan::training::loss {
namespace {

/// 100 / |t|, with the least |t| that Keras divides by.
double percent_of(double target) {
  return 100 / std::max(std::fabs(target), 1e-7);
}

}  // namespace

/// Mean absolute percentage error 100 |t − p| / max(|t|, 1e-7), as in Keras; at equality the
/// derivative is 0.
Kind mape() {
  return {"mape",
          [](double target, double prediction) {
            return std::fabs(target - prediction) * percent_of(target);
          },
          [](double target, double prediction) {
            const int sign = (prediction > target) - (prediction < target);
            return sign * percent_of(target);
          }};
}

}  // namespace showergan::training::loss
