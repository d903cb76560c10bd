#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "nn/kernel/convolution_geometry.hpp"

namespace showergan::nn::kernel {

/// Floats in a vector register, as oneDNN uses them on this machine.
std::int64_t vector_lanes();

/// Multiply-adds of vector registers that a convolution of one sample takes in blocks of results;
/// oneDNN's kernels leave out what lies in the padding.
std::int64_t vector_operations(const ConvolutionGeometry& geometry,
                               const Triple& block = {1, 1, 1});

/// A convolution with few filters leaves most lanes of a vector register empty. A block of s
/// neighbouring results per axis, computed together, makes them filters of one convolution: with
/// Π s times the filters, s times the stride and, to reach all that the block reads, s − 1 strides
/// more taps. Some of its taps are zero, so it multiplies more and yet takes less time: 2 × 8
/// filters of 6 taps fill the 16 lanes of AVX-512, which 8 filters of 5 taps half fill.
///
/// A stacked image is (x blocks, y blocks, z blocks, position in the block, filter), channels
/// innermost as ever, the positions row by row. Extents are rounded up to whole blocks; what lies
/// beyond the plain image is computed and dropped. Blocks along z alone that divide the extent are
/// the plain image as it is.
class Stacking {
 public:
  /// Chooses the blocks that take the fewest operations, counted in whole vector registers; single
  /// results unless that saves a quarter, because images may have to be copied.
  explicit Stacking(const ConvolutionGeometry& plain);
  Stacking(const ConvolutionGeometry& plain, const Triple& block);

  bool active() const { return positions_ > 1; }
  /// Results per block.
  std::int64_t positions() const { return positions_; }
  /// Results per block along each axis.
  const Triple& block() const { return block_; }
  const ConvolutionGeometry& plain() const { return plain_; }
  const ConvolutionGeometry& stacked() const { return stacked_; }

  /// Bytes of a stacked batch of results; 0 where it is the plain one.
  std::size_t image_bytes() const;
  /// Results of a batch between the two layouts; cells beyond the plain image become 0.
  void stack(const float* plain, float* stacked) const;
  void unstack(const float* stacked, float* plain) const;

  /// Number of a stacked kernel's values.
  std::int64_t kernel_count() const;
  /// Kernels (out, in, kx, ky, kz).
  void stack_kernel(const float* plain, float* stacked) const;
  /// The transpose: adds the gradient of a stacked kernel to that of the plain one.
  void add_kernel_gradient(const float* stacked, float* plain) const;
  /// Likewise for the bias, which the stacked convolution has once per position.
  void add_bias_gradient(const float* stacked, float* plain) const;

  /// "brgconv" → "brgconv in blocks of 1 × 1 × 2".
  std::string describe(const std::string& implementation) const;

 private:
  template <class Visitor>
  void for_each_run(Visitor&& visitor) const;
  template <class Visitor>
  void for_each_kernel_row(Visitor&& visitor) const;

  ConvolutionGeometry plain_;
  ConvolutionGeometry stacked_;
  Triple block_{1, 1, 1};
  std::int64_t positions_ = 1;
};

}  // namespace showergan::nn::kernel
