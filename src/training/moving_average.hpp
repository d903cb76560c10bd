#pragma once

#include <cstdint>
#include <span>

namespace showergan::training {

/// Exponential moving average of weights (Polyak & Juditsky, 1992, average the whole path; the
/// exponential one for the generator of a GAN: Yazıcı et al., arXiv:1806.04498).
///
/// Update t (from 0) is average ← d · average + (1 − d) · values with
/// d = min(decay, (1 + t) / (10 + t)), as TensorFlow's ExponentialMovingAverage does it: the
/// average starts short, so that the first weights are not remembered for ever.
class MovingAverage {
 public:
  /// Throws InputError unless 0 ≤ decay < 1.
  explicit MovingAverage(double decay);

  /// `average` and `values` have the same size; the caller keeps both. Start with a copy.
  void update(std::span<float> average, std::span<const float> values);

  /// The decay that the next update uses.
  double next_decay() const noexcept;

  /// Updates so far. With the average itself, all that a checkpoint has to keep.
  std::int64_t updates() const noexcept { return updates_; }
  void set_updates(std::int64_t updates);

 private:
  double decay_;
  std::int64_t updates_ = 0;
};

}  // namespace showergan::training
