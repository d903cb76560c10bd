#pragma once

#include "nn/graph/low_resolution.hpp"
#include "nn/kernel/phase_kernel.hpp"

namespace showergan::nn::kernel {

/// Deals the channels of the convolutions at low resolution to the cells of the result, cut to its
/// extents; all channels innermost.
class PhaseShuffle {
 public:
  PhaseShuffle(const Conv3d& conv, const LowResolution& low, const Shape& result);

  /// Results of these phases, `samples` of them, to their cells of the image.
  void deal(const float* phase_results, float* image, std::int64_t samples,
            const Phases& phases) const;
  /// One row of such results, at (x, y) of the low resolution: cells along z are `stride` apart.
  void deal_row(const float* row, std::int64_t stride, std::int64_t x, std::int64_t y, float* image,
                const Phases& phases) const;
  /// The transposed map; 0 for what is cut off.
  void collect(const float* image, float* phase_results, std::int64_t samples,
               const Phases& phases) const;

 private:
  template <class Use>
  void for_each_run(std::int64_t samples, const Phases& phases, Use&& use) const;

  Triple factor_;
  std::int64_t filters_;
  LowResolution low_;
  Triple extents_;
};

}  // namespace showergan::nn::kernel
