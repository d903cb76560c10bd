#include "nn/kernel/phase_kernel.hpp"

#include <algorithm>

#include "nn/graph/low_resolution.hpp"

namespace showergan::nn::kernel {

std::vector<Phases> parts_of_phases(const Triple& upsampling, const Triple& count) {
  std::vector<Phases> parts;
  for (std::int64_t x = 0; x < upsampling[0]; x += count[0]) {
    for (std::int64_t y = 0; y < upsampling[1]; y += count[1]) {
      for (std::int64_t z = 0; z < upsampling[2]; z += count[2]) {
        parts.push_back({{x, y, z}, count});
      }
    }
  }
  return parts;
}

PhaseCells cells_of_phases(const Conv3d& conv, const Phases& phases, const Triple& taps,
                           const Shape& source, const Shape& result) {
  const LowResolution low = low_resolution(conv, source);
  PhaseCells cells;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t s = conv.upsampling[i];
    // Phase r of cell q is cell s·q + r − skip of the result.
    const std::int64_t last_phase = phases.first[i] + phases.count[i] - 1;
    const std::int64_t before_first = low.skip[i] - last_phase;
    cells.first[i] = before_first > 0 ? (before_first + s - 1) / s : 0;
    const std::int64_t before_last = result[i + 1] - 1 + low.skip[i] - phases.first[i];
    const std::int64_t last = before_last < 0 ? -1 : before_last / s;
    // Padding can't be negative: cells beyond the result are computed where the taps end early.
    const std::int64_t before = low.padding.before[i] - cells.first[i];
    const std::int64_t least = source[i + 1] + before - taps[i] + 1;
    cells.extents[i] = std::max(last - cells.first[i] + 1, least);
    cells.padding.before[i] = before;
    cells.padding.after[i] = cells.extents[i] - least;
  }
  return cells;
}

PhaseKernel::PhaseKernel(const Conv3d& conv, std::int64_t channels, const Phases& phases)
    : conv_(conv), channels_(channels), phases_(phases) {
  const Triple& s = conv.upsampling;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t last = phases.first[i] + phases.count[i] - 1;
    taps_[i] = (last + conv.kernel[i] - 1) / s[i] + 1;
  }
}

std::int64_t PhaseKernel::out_channels() const {
  return phases_.number() * conv_.filters;
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
  std::vector<std::int64_t> place_z(static_cast<std::size_t>(k[2]));  // divided once
  const auto phase_taps = [&](std::int64_t i, std::int64_t j, std::int64_t l) {
    for (std::int64_t z = 0; z < k[2]; ++z) place_z[static_cast<std::size_t>(z)] = (l + z) / s[2];
    for (std::int64_t row = 0; row < rows; ++row) {
      const std::int64_t joined = phase * rows + row;
      for (std::int64_t x = 0; x < k[0]; ++x) {
        for (std::int64_t y = 0; y < k[1]; ++y) {
          const std::int64_t to =
              ((joined * taps_[0] + (i + x) / s[0]) * taps_[1] + (j + y) / s[1]) * taps_[2];
          const std::int64_t from = ((row * k[0] + x) * k[1] + y) * k[2];
          for (std::int64_t z = 0; z < k[2]; ++z) {
            use(to + place_z[static_cast<std::size_t>(z)], from + z);
          }
        }
      }
    }
  };
  for (std::int64_t i = 0; i < phases_.count[0]; ++i) {
    for (std::int64_t j = 0; j < phases_.count[1]; ++j) {
      for (std::int64_t l = 0; l < phases_.count[2]; ++l, ++phase) {
        phase_taps(phases_.first[0] + i, phases_.first[1] + j, phases_.first[2] + l);
      }
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
