#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "nn/kernel/convolution_geometry.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/precision.hpp"

namespace showergan::nn::kernel {

/// A convolution of stride 1 with so few input channels that sums over them are short. The taps
/// along z of one cell lie one after another in memory, so here a sum runs over channels and taps
/// along z alike, and results come row by row while they are in the first-level cache. oneDNN needs
/// a copy of the image for that (Unfolding), and leaves its results in the second-level cache.
class NarrowConvolution {
 public:
  /// Whether a convolution can and should be computed this way.
  static bool fits(const ConvolutionGeometry& geometry, Precision precision,
                   const EpilogueKernel& epilogue);

  /// `epilogue` must outlive it. The batch of the geometry does not matter.
  NarrowConvolution(const ConvolutionGeometry& geometry, Precision precision,
                    const EpilogueKernel& epilogue);

  std::size_t weights_bytes() const;
  /// Master (out, in, kx, ky, kz) → the form that run() reads.
  void prepare(const float* master, std::byte* prepared) const;
  std::size_t scratch_bytes() const;

  /// Floats from one cell of a row of results to the next.
  std::int64_t cell_stride() const { return padded_filters_; }

  /// One sample. Calls use(x, y, results) for every row of results, (z, cell_stride).
  template <class Use>
  void run(const float* in, const std::byte* weights, const std::byte* epilogue, std::byte* scratch,
           Use&& use) const {
    pad_rows(in, scratch);
    for (std::int64_t x = 0; x < geometry_.out[0]; ++x) {
      for (std::int64_t y = 0; y < geometry_.out[1]; ++y) {
        use(x, y, run_row(x, y, weights, epilogue, scratch));
      }
    }
  }

  std::string implementation() const;

 private:
  /// Where the pieces of the scratch memory begin after the padded image.
  struct Scratch {
    std::size_t taps;
    std::size_t results;  ///< of a row
    std::size_t total;
  };

  Scratch scratch() const;
  /// Numbers of a row of the image with the padding along z.
  std::int64_t row() const;
  /// Steps of the sum over one tap along x and y: one number in float32, a pair in bf16.
  std::int64_t steps() const;
  std::size_t number_bytes() const { return bytes_of(precision_); }
  void pad_rows(const float* in, std::byte* padded) const;
  const float* run_row(std::int64_t x, std::int64_t y, const std::byte* weights,
                       const std::byte* epilogue, std::byte* scratch) const;

  ConvolutionGeometry geometry_;
  Precision precision_;
  const EpilogueKernel* epilogue_;
  std::int64_t padded_filters_;
};

}  // namespace showergan::nn::kernel
