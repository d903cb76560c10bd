#pragma once

#include <cstdint>

namespace showergan::training {

/// Linear warm-up of the learning rate (Goyal et al., arXiv:1706.02677, section 2.2): what the rate
/// is multiplied with, besides the factor of any Schedule.
///
/// `step` counts from 0 over the whole training. With N = warm_up_epochs · steps_per_epoch, rounded
/// up, the factor is 1/N at step 0, grows by the same amount in each step, and is 1 from step N on.
/// Without warm-up (`warm_up_epochs` 0) it is always 1.
double warm_up_factor(std::int64_t step, double warm_up_epochs, double steps_per_epoch);

}  // namespace showergan::training
