#pragma once

#include "nn/graph/low_resolution.hpp"
#include "nn/kernel/phase_kernel.hpp"

namespace showergan::nn::kernel {

/// Deals the channels of a convolution at low resolution, which are some of the phases, to the
/// cells of the result, cut to its extents; all channels innermost.
class PhaseShuffle {
 public:
  PhaseShuffle(const Conv3d& conv, const Triple& skip, const Shape& result, const Phases& phases,
               const PhaseCells& cells);

  /// Numbers that stay together: of one cell, all its phases along z.
  std::int64_t run_length() const { return phases_.count[2] * filters_; }

  /// Results of these phases, `samples` of them, to their cells of the image.
  void deal(const float* phase_results, float* image, std::int64_t samples) const;
  /// One row of such results, at (x, y) of the part: cells along z are `stride` apart.
  void deal_row(const float* row, std::int64_t stride, std::int64_t x, std::int64_t y,
                float* image) const;
  /// The transposed map; 0 for what is cut off.
  void collect(const float* image, float* phase_results, std::int64_t samples) const;

 private:
  template <class Use>
  void for_each_row_run(std::int64_t stride, std::int64_t x, std::int64_t y, Use&& use) const;
  template <class Use>
  void for_each_run(std::int64_t samples, Use&& use) const;
  std::int64_t channels() const { return phases_.number() * filters_; }

  Triple factor_;
  std::int64_t filters_;
  Triple skip_;
  Triple extents_;
  Phases phases_;
  PhaseCells cells_;
};

}  // namespace showergan::nn::kernel
