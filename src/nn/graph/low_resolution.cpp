#include "nn/graph/low_resolution.hpp"

#include "base/contract.hpp"

namespace showergan::nn {

LowResolution low_resolution(const Conv3d& conv, const Shape& source) {
  SHOWERGAN_EXPECT((conv.stride == Triple{1, 1, 1}));
  LowResolution low;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t s = conv.upsampling[i];
    const std::int64_t cells = source[i + 1];
    const std::int64_t before = conv.padding.before[i];
    const std::int64_t result = s * cells + before + conv.padding.after[i] - conv.kernel[i] + 1;
    low.taps[i] = (s + conv.kernel[i] - 2) / s + 1;
    low.padding.before[i] = (before + s - 1) / s;
    low.skip[i] = s * low.padding.before[i] - before;
    low.extents[i] = (low.skip[i] + result + s - 1) / s;
    low.padding.after[i] = low.extents[i] + low.taps[i] - 1 - cells - low.padding.before[i];
  }
  return low;
}

std::int64_t multiply_adds(const Conv3d& conv, const LowResolution& low, std::int64_t channels) {
  std::int64_t count = conv.filters * channels;
  for (std::size_t i = 0; i < 3; ++i) count *= conv.upsampling[i] * low.taps[i] * low.extents[i];
  return count;
}

}  // namespace showergan::nn
