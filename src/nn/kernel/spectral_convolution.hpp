#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/graph/conv3d.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/row_product.hpp"

namespace showergan::nn::kernel {

/// One convolution of very many images, by discrete Fourier transforms of their x-y planes: a
/// product of spectra needs a multiplication per frequency where the definition needs one per tap,
/// for 5 × 6 taps on planes of 7 × 7 cells a sixth of them, transforms included. Along z taps stay
/// taps.
///
/// The transforms are matrices of sines and cosines and everything is a product of rows
/// (RowProduct), so that an image's results do not depend on what comes with it. Exact to rounding.
/// For small images: the matrices have the square of a plane's cells.
class SpectralConvolution {
 public:
  /// Without bias and epilogue; `kernel` (filters, C, kx, ky, kz).
  SpectralConvolution(const Conv3d& convolution, const Shape& image, std::span<const float> kernel);

  /// What run() works in: one for each thread.
  struct Scratch {
    std::vector<float> values;    ///< of a row of a product's matrix
    std::vector<float> image;     ///< spectra of images (images, numbers, z, C)
    std::vector<float> windows;   ///< what a frequency's results need of them
    std::vector<float> result;    ///< spectra of results (numbers, images, z, filters)
    AlignedBuffer image_matrix;   ///< the planes of one image
    AlignedBuffer result_matrix;  ///< the spectrum of one image's results
    AlignedBuffer product;        ///< of RowProduct
  };
  Scratch scratch() const;

  /// Images that run() takes at most, an even number.
  std::int64_t images_at_a_time() const { return images_; }
  /// Numbers of an image and of its results.
  std::int64_t image_size() const { return element_count(image_); }
  std::int64_t result_size() const { return element_count(out_); }

  /// `images` (count, C, x, y, z) to `results` (count, x, y, z, filters).
  void run(const float* images, std::int64_t count, Scratch& scratch, float* results) const;

 private:
  /// A frequency of the plane and its conjugate: one number or two (cosine, sine) of a spectrum.
  struct Frequency {
    std::int64_t x;
    std::int64_t y;
    std::int64_t first;    ///< of its numbers
    std::int64_t numbers;  ///< 1 or 2
  };

  void list_frequencies();
  /// Of a frequency's wave at a cell.
  double angle(const Frequency& frequency, std::int64_t x, std::int64_t y) const;
  void fill_matrices();
  void transform_kernel(std::span<const float> kernel);
  void transform_image(const float* image, Scratch& scratch, float* spectrum) const;
  void multiply(std::int64_t count, Scratch& scratch) const;
  void cut_windows(const Frequency& frequency, std::int64_t count, Scratch& scratch) const;

  Conv3d convolution_;
  Shape image_;  ///< (C, x, y, z)
  Shape out_;    ///< (filters, x, y, z)
  std::int64_t images_;
  std::int64_t period_[2];  ///< of the transform, along x and y
  std::vector<Frequency> frequencies_;
  std::int64_t numbers_ = 0;           ///< of a spectrum
  std::int64_t window_;                ///< numbers under the taps along z of one result
  std::vector<float> to_image_;        ///< (numbers, x · y)
  std::vector<float> to_result_;       ///< (x · y, numbers)
  RowProduct image_product_;           ///< planes to spectrum
  RowProduct result_product_;          ///< spectrum to planes
  RowProduct single_product_;          ///< windows of a frequency of one number
  RowProduct pair_product_;            ///< and of two
  std::vector<AlignedBuffer> kernel_;  ///< of each number of a spectrum: its matrix
};

}  // namespace showergan::nn::kernel
