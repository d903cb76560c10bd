#include "nn/kernel/phase_shuffle.hpp"

#include <algorithm>

#include "nn/kernel/short_copy.hpp"

namespace showergan::nn::kernel {

PhaseShuffle::PhaseShuffle(const Conv3d& conv, const Triple& skip, const Shape& result,
                           const Phases& phases, const PhaseCells& cells)
    : factor_(conv.upsampling),
      filters_(conv.filters),
      skip_(skip),
      extents_{result[1], result[2], result[3]},
      phases_(phases),
      cells_(cells) {}

/// Calls use(place in the row of results, place in the image, length) for the row at (x, y) of the
/// part: the phases of one source cell along z are neighbours on both sides.
template <class Use>
void PhaseShuffle::for_each_row_run(std::int64_t stride, std::int64_t x, std::int64_t y,
                                    Use&& use) const {
  const std::int64_t column = phases_.count[2] * filters_;  // channels of one phase of x and y
  // The first cell of the image that a cell of the part has along an axis.
  const auto begin = [&](std::size_t axis, std::int64_t cell) {
    return (cells_.first[axis] + cell) * factor_[axis] + phases_.first[axis] - skip_[axis];
  };
  for (std::int64_t i = 0; i < phases_.count[0]; ++i) {
    const std::int64_t to_x = begin(0, x) + i;
    if (to_x < 0 || to_x >= extents_[0]) continue;
    for (std::int64_t j = 0; j < phases_.count[1]; ++j) {
      const std::int64_t to_y = begin(1, y) + j;
      if (to_y < 0 || to_y >= extents_[1]) continue;
      std::int64_t from = (i * phases_.count[1] + j) * column;
      const std::int64_t to = (to_x * extents_[1] + to_y) * extents_[2];
      std::int64_t z = begin(2, 0);
      for (std::int64_t cell = 0; cell < cells_.extents[2];
           ++cell, z += factor_[2], from += stride) {
        const std::int64_t first = std::max<std::int64_t>(z, 0);
        const std::int64_t last = std::min(z + phases_.count[2], extents_[2]);
        if (first < last) {
          use(from + (first - z) * filters_, (to + first) * filters_, (last - first) * filters_);
        }
      }
    }
  }
}

template <class Use>
void PhaseShuffle::for_each_run(std::int64_t samples, Use&& use) const {
  const std::int64_t image = extents_[0] * extents_[1] * extents_[2] * filters_;
  std::int64_t row = 0;
  for (std::int64_t n = 0; n < samples; ++n) {
    for (std::int64_t x = 0; x < cells_.extents[0]; ++x) {
      for (std::int64_t y = 0; y < cells_.extents[1]; ++y) {
        for_each_row_run(channels(), x, y,
                         [&](std::int64_t from, std::int64_t to, std::int64_t length) {
                           use(row + from, n * image + to, length);
                         });
        row += cells_.extents[2] * channels();
      }
    }
  }
}

void PhaseShuffle::deal(const float* phase_results, float* image, std::int64_t samples) const {
  for_each_run(samples, [&](std::int64_t from, std::int64_t to, std::int64_t length) {
    short_copy(image + to, phase_results + from, static_cast<std::size_t>(length) * sizeof(float));
  });
}

void PhaseShuffle::deal_row(const float* row, std::int64_t stride, std::int64_t x, std::int64_t y,
                            float* image) const {
  for_each_row_run(stride, x, y, [&](std::int64_t from, std::int64_t to, std::int64_t length) {
    short_copy(image + to, row + from, static_cast<std::size_t>(length) * sizeof(float));
  });
}

void PhaseShuffle::collect(const float* image, float* phase_results, std::int64_t samples) const {
  const std::int64_t cells = cells_.extents[0] * cells_.extents[1] * cells_.extents[2];
  std::fill_n(phase_results, samples * cells * channels(), 0.0f);
  for_each_run(samples, [&](std::int64_t to, std::int64_t from, std::int64_t length) {
    short_copy(phase_results + to, image + from, static_cast<std::size_t>(length) * sizeof(float));
  });
}

}  // namespace showergan::nn::kernel
