#include "nn/kernel/phase_kernel.hpp"

#include <algorithm>

#include "nn/graph/low_resolution.hpp"

namespace showergan::nn::kernel {

PhaseKernel::PhaseKernel(const Conv3d& conv, std::int64_t channels, const Phases& phases)
    : conv_(conv), channels_(channels), phases_(phases) {
  const Triple& s = conv.upsampling;
  const Triple last{phases.first + phases.count - 1, s[1] - 1, s[2] - 1};
  for (std::size_t i = 0; i < 3; ++i) taps_[i] = (last[i] + conv.kernel[i] - 1) / s[i] + 1;
}

std::int64_t PhaseKernel::out_channels() const {
  return phases_.count * conv_.upsampling[1] * conv_.upsampling[2] * conv_.filters;
}

std::int64_t PhaseKernel::size() const {
  return out_channels() * channels_ * taps_[0] * taps_[1] * taps_[2];
}

/// Calls use(place in the joined kernel, place in the original) for every tap of every phase.
template <class Use>
void PhaseKernel::for_each_tap(Use&& use) const {
  const Triple& s = conv_.upsampling;
  const Triple& k = conv_.kernel;
  const std::int64_t rows = conv_.filters * channels_;
  std::int64_t phase = 0;
  const auto phase_taps = [&](std::int64_t i, std::int64_t j, std::int64_t l) {
    for (std::int64_t row = 0; row < rows; ++row) {
      const std::int64_t joined = phase * rows + row;
      for (std::int64_t x = 0; x < k[0]; ++x) {
        for (std::int64_t y = 0; y < k[1]; ++y) {
          const std::int64_t to =
              ((joined * taps_[0] + (i + x) / s[0]) * taps_[1] + (j + y) / s[1]) * taps_[2];
          const std::int64_t from = ((row * k[0] + x) * k[1] + y) * k[2];
          for (std::int64_t z = 0; z < k[2]; ++z) use(to + (l + z) / s[2], from + z);
        }
      }
    }
  };
  for (std::int64_t i = phases_.first; i < phases_.first + phases_.count; ++i) {
    for (std::int64_t j = 0; j < s[1]; ++j) {
      for (std::int64_t l = 0; l < s[2]; ++l, ++phase) phase_taps(i, j, l);
    }
  }
}

void PhaseKernel::sum_taps(const float* kernel, float* joined) const {
  std::fill_n(joined, size(), 0.0f);
  for_each_tap([&](std::int64_t to, std::int64_t from) { joined[to] += kernel[from]; });
}

void PhaseKernel::add_transposed(const float* joined, float* kernel) const {
  for_each_tap([&](std::int64_t to, std::int64_t from) { kernel[from] += joined[to]; });
}

}  // namespace showergan::nn::kernel
