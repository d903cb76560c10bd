#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "nn/kernel/convolution_geometry.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/precision.hpp"
#include "nn/kernel/winograd_window.hpp"

namespace showergan::nn::kernel {

/// A convolution of stride 1 by the minimal filter of WinogradConvolution, for few channels and
/// many filters, along which lanes run: an up-sampling one at low resolution. As in a
/// NarrowConvolution a sum runs over channels and taps along z alike, and results come row by row.
class WinogradRows {
 public:
  /// Whether a convolution can be computed this way, and takes enough operations less so.
  static bool fits(const ConvolutionGeometry& geometry, Precision precision);

  /// Multiply-adds of vector registers for one sample, and as many as the rest takes in addition.
  static std::int64_t operations(const ConvolutionGeometry& geometry);

  /// `epilogue` must outlive it and have a slope(). The batch of the geometry is not used: run()
  /// takes one sample.
  WinogradRows(const ConvolutionGeometry& geometry, Precision precision,
               const EpilogueKernel& epilogue);

  std::size_t weights_bytes() const;
  /// Master (out, in, kx, ky, kz) → the form that run() reads.
  void prepare(const float* master, std::byte* prepared) const;
  std::size_t scratch_bytes() const;

  /// Floats from one cell of a row of results to the next.
  std::int64_t cell_stride() const { return filters_; }

  /// One sample. Calls use(x, y, results) for every row of results, (z, cell_stride).
  template <class Use>
  void run(const float* in, const std::byte* weights, const std::byte* epilogue, std::byte* scratch,
           Use&& use) const {
    const Triple& out = geometry_.out;
    const std::int64_t row = out[2] * filters_;
    window_.for_each_tile_row(in, scratch, [&](std::int64_t tile_x) {
      for (std::int64_t tile_y = 0; 2 * tile_y < out[1]; ++tile_y) {
        const float* results = run_tile(tile_x, tile_y, weights, epilogue, scratch);
        for (std::int64_t x = 2 * tile_x; x < std::min(2 * tile_x + 2, out[0]); ++x) {
          for (std::int64_t y = 2 * tile_y; y < std::min(2 * tile_y + 2, out[1]); ++y) {
            use(x, y, results + (x % 2 * 2 + y % 2) * row);
          }
        }
      }
    });
  }

  std::string implementation() const;

 private:
  /// Steps of the sum over one tap along x and y: one number in float32, a pair in bf16.
  std::int64_t steps() const;
  std::int64_t weight_steps() const;  ///< over all parts and taps
  const float* run_tile(std::int64_t tile_x, std::int64_t tile_y, const std::byte* weights,
                        const std::byte* epilogue, std::byte* scratch) const;

  ConvolutionGeometry geometry_;
  Precision precision_;
  const EpilogueKernel* epilogue_;
  std::int64_t filters_;  ///< in whole vectors
  WinogradWindow window_;
};

}  // namespace showergan::nn::kernel
