#pragma once

#include "nn/graph/conv3d.hpp"

namespace showergan::nn {

/// Nearest-neighbour up-sampling by s followed by a convolution of k taps, as convolutions of the
/// image before the up-sampling (Aitken et al., arXiv:1707.02937, section 3).
///
/// Along one axis, cell o of the result reads through tap t the up-sampled cell o − before + t,
/// which is the source cell floor((o − before + t) / s). With o − before = s·q + r and 0 ≤ r < s
/// that is q + floor((r + t) / s). So every phase r is a convolution over the cells q with the taps
/// that fall on the same source cell summed. The phases are dealt to cells s·q + r, of which the
/// result is a part: the first `skip` are left out, and at the end what is beyond it.
struct LowResolution {
  Triple taps;      ///< of the last phase, which has most: (s − 1 + k − 1) / s + 1
  Padding padding;  ///< of the source, for convolutions with that many taps
  Triple extents;   ///< number of cells q
  Triple skip;      ///< dealt cells before the result's first
};

/// For a convolution with stride 1 of an image of this shape.
LowResolution low_resolution(const Conv3d& conv, const Shape& source);

/// Multiply-adds of all phases together, each with the taps of the last one.
std::int64_t multiply_adds(const Conv3d& conv, const LowResolution& low, std::int64_t channels);

}  // namespace showergan::nn
