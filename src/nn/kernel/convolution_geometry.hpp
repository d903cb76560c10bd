#pragma once

#include <cstdint>

#include "nn/graph/shape.hpp"

namespace showergan::nn::kernel {

/// Extents of a convolution from `in` to `out`; a transposed convolution is the same map backwards.
struct ConvolutionGeometry {
  std::int64_t batch = 1;
  std::int64_t in_channels = 1;
  std::int64_t out_channels = 1;
  Triple in{1, 1, 1};
  Triple out{1, 1, 1};
  Triple kernel{1, 1, 1};
  Triple stride{1, 1, 1};
  Padding padding;
};

}  // namespace showergan::nn::kernel
