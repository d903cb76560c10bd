#include "nn/kernel/phase_shuffle.hpp"

#include <algorithm>

#include "nn/kernel/short_copy.hpp"

namespace showergan::nn::kernel {

PhaseShuffle::PhaseShuffle(const Conv3d& conv, const LowResolution& low, const Shape& result)
    : factor_(conv.upsampling),
      filters_(conv.filters),
      low_(low),
      extents_{result[1], result[2], result[3]} {}

/// Calls use(place in the results of the phases, place in the image, length): the phases of one
/// source cell along z are neighbours on both sides.
template <class Use>
void PhaseShuffle::for_each_run(std::int64_t samples, const Phases& phases, Use&& use) const {
  const std::int64_t column = factor_[2] * filters_;  // channels of one phase of x and y
  const std::int64_t channels = phases.count * factor_[1] * column;
  const auto row = [&](std::int64_t phase_results, std::int64_t image) {
    for (std::int64_t z = -low_.skip[2]; z < extents_[2];
         z += factor_[2], phase_results += channels) {
      const std::int64_t first = std::max<std::int64_t>(z, 0);
      const std::int64_t last = std::min(z + factor_[2], extents_[2]);
      use(phase_results + (first - z) * filters_, image + first * filters_,
          (last - first) * filters_);
    }
  };
  for (std::int64_t n = 0; n < samples; ++n) {
    for (std::int64_t x = 0; x < extents_[0]; ++x) {
      const std::int64_t cell_x = (x + low_.skip[0]) / factor_[0];
      const std::int64_t i = (x + low_.skip[0]) % factor_[0] - phases.first;
      if (i < 0 || i >= phases.count) continue;
      for (std::int64_t y = 0; y < extents_[1]; ++y) {
        const std::int64_t cell_y = (y + low_.skip[1]) / factor_[1];
        const std::int64_t j = (y + low_.skip[1]) % factor_[1];
        const std::int64_t cells =
            ((n * low_.extents[0] + cell_x) * low_.extents[1] + cell_y) * low_.extents[2];
        row(cells * channels + (i * factor_[1] + j) * column,
            ((n * extents_[0] + x) * extents_[1] + y) * extents_[2] * filters_);
      }
    }
  }
}

void PhaseShuffle::deal(const float* phase_results, float* image, std::int64_t samples,
                        const Phases& phases) const {
  for_each_run(samples, phases, [&](std::int64_t from, std::int64_t to, std::int64_t length) {
    short_copy(image + to, phase_results + from, static_cast<std::size_t>(length) * sizeof(float));
  });
}

void PhaseShuffle::deal_row(const float* results, std::int64_t stride, std::int64_t x,
                            std::int64_t y, float* image, const Phases& phases) const {
  const std::int64_t column = factor_[2] * filters_;  // channels of one phase of x and y
  for (std::int64_t i = 0; i < phases.count; ++i) {
    const std::int64_t to_x = x * factor_[0] + phases.first + i - low_.skip[0];
    if (to_x < 0 || to_x >= extents_[0]) continue;
    for (std::int64_t j = 0; j < factor_[1]; ++j) {
      const std::int64_t to_y = y * factor_[1] + j - low_.skip[1];
      if (to_y < 0 || to_y >= extents_[1]) continue;
      const float* from = results + (i * factor_[1] + j) * column;
      float* to = image + (to_x * extents_[1] + to_y) * extents_[2] * filters_;
      for (std::int64_t z = -low_.skip[2]; z < extents_[2]; z += factor_[2], from += stride) {
        const std::int64_t first = std::max<std::int64_t>(z, 0);
        const std::int64_t last = std::min(z + factor_[2], extents_[2]);
        short_copy(to + first * filters_, from + (first - z) * filters_,
                   static_cast<std::size_t>((last - first) * filters_) * sizeof(float));
      }
    }
  }
}

void PhaseShuffle::collect(const float* image, float* phase_results, std::int64_t samples,
                           const Phases& phases) const {
  const std::int64_t cells = low_.extents[0] * low_.extents[1] * low_.extents[2];
  const std::int64_t channels = phases.count * factor_[1] * factor_[2] * filters_;
  std::fill_n(phase_results, samples * cells * channels, 0.0f);
  for_each_run(samples, phases, [&](std::int64_t to, std::int64_t from, std::int64_t length) {
    short_copy(phase_results + to, image + from, static_cast<std::size_t>(length) * sizeof(float));
  });
}

}  // namespace showergan::nn::kernel
