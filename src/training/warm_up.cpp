#include "training/warm_up.hpp"

#include <cmath>

#include "base/contract.hpp"

namespace showergan::training {

double warm_up_factor(std::int64_t step, double warm_up_epochs, double steps_per_epoch) {
  SHOWERGAN_EXPECT(step >= 0 && warm_up_epochs >= 0 && steps_per_epoch > 0);
  // Less a rounding error: 0.1 epochs of 30 steps are 3 steps, not 4.
  const double steps = std::ceil(warm_up_epochs * steps_per_epoch - 1e-9);
  const auto done = static_cast<double>(step);
  if (done >= steps) return 1;
  return (1 + done * (steps - 1) / steps) / steps;
}

}  // namespace showergan::training
