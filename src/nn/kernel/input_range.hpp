#pragma once

#include <vector>

namespace showergan::nn {

/// How the numbers that go into a layer in int8 are cut into steps. An image's own largest
/// magnitude decides how long a step is, because it grows with the energy of the primary; what is
/// calibrated is how much of it the steps span, and how the channels compare.
struct InputRange {
  /// The part of the largest magnitude that the 127 steps span; what is beyond is cut.
  float part = 1;
  /// Each channel is divided by its number first, and its weights multiplied; empty: all 1.
  std::vector<float> channels = {};

  bool operator==(const InputRange&) const = default;
};

}  // namespace showergan::nn
