#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "nn/kernel/convolution_geometry.hpp"
#include "nn/kernel/precision.hpp"

namespace showergan::nn::kernel {

/// A convolution of few channels multiplies in short sums: with 6 channels each tap adds 6
/// products, and oneDNN's kernels want 16 and more. The taps along z of one position lie one after
/// another in memory, channels innermost, so they serve as channels: the image is copied with
/// `kernel z` times as many channels, position by position of the result along z, and what is left
/// is a convolution with one tap along z.
class Unfolding {
 public:
  explicit Unfolding(const ConvolutionGeometry& plain);

  /// Whether that is worth the copy: where plain sums are short and unfolded ones not too long; in
  /// float32, whose copies are the longest, only if they fill a vector.
  static bool pays(const ConvolutionGeometry& plain, Precision precision);

  const ConvolutionGeometry& unfolded() const { return unfolded_; }

  /// Numbers of an unfolded batch of images.
  std::int64_t image_count() const;
  /// Copies images whose numbers have `size` bytes; bytes `zero` stand for the padding along z.
  void unfold(const void* plain, void* unfolded, std::size_t size, unsigned char zero = 0) const;

  /// (out, in, kx, ky, kz) → (out, kz · in, kx, ky, 1).
  std::vector<float> unfold_kernel(const float* plain) const;

 private:
  ConvolutionGeometry plain_;
  ConvolutionGeometry unfolded_;
};

}  // namespace showergan::nn::kernel
