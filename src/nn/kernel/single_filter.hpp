#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "nn/kernel/convolution_geometry.hpp"

namespace showergan::nn::kernel {

/// A tap of a kernel: where its row of the image begins, and its weights.
struct RowTap {
  const float* row;
  const float* weights;
};

/// A convolution of stride 1 to a single channel: the last one of a generator, and what the
/// gradient of a discriminator's image is. Filters are what oneDNN puts into the lanes of a vector,
/// and there is only one. Here lanes run along the rows of the image as they lie in memory, z and
/// channels alike: each tap adds a shifted row times the kernel's numbers, repeated along the row,
/// and at the end the sums of neighbouring channels are added up. That takes one multiplication for
/// each one of the definition.
class SingleFilter {
 public:
  /// Whether a convolution can be computed this way: one filter, stride 1, and a number of channels
  /// whose pattern repeats after a few vectors.
  static bool fits(const ConvolutionGeometry& geometry);

  explicit SingleFilter(const ConvolutionGeometry& geometry);

  std::size_t weights_bytes() const;
  /// Master (1, in, kx, ky, kz) → the form that run() reads.
  void prepare(const float* master, std::byte* prepared) const;
  std::size_t scratch_bytes() const;
  /// `in` (batch, x, y, z, channel), `out` (batch, x, y, z): without bias or activation.
  void run(const float* in, const std::byte* weights, float* out, std::byte* scratch) const;

  std::string implementation() const { return "lanes along rows"; }

 private:
  /// Where the pieces of the scratch memory begin after the list of taps.
  struct Scratch {
    std::size_t sums;   ///< of one row
    std::size_t image;  ///< with its padding
    std::size_t total;
  };

  Scratch scratch() const;
  void pad_rows(const float* image, float* padded) const;
  /// Floats of a row of the image with the padding along z.
  std::int64_t row() const;
  bool pads_rows() const;

  ConvolutionGeometry geometry_;
  std::int64_t period_;  ///< floats after which channels and vectors begin together again
};

}  // namespace showergan::nn::kernel
