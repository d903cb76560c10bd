#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "nn/kernel/convolution_geometry.hpp"
#include "nn/kernel/precision.hpp"
#include "nn/kernel/winograd_window.hpp"

namespace showergan::nn::kernel {

/// A convolution of stride 1 with a handful of channels and filters, which leave most lanes of
/// oneDNN's vectors empty: here lanes run along z, and over a few rows one after another, whose
/// padding lies between them.
///
/// Along x and y it takes three multiplications where the definition takes four (Winograd,
/// "Arithmetic complexity of computations", 1980; as a fast FIR algorithm: Mou and Duhamel, 1987).
/// Two neighbouring results of a filter with even taps g and odd taps h, of an input with even
/// cells u and odd cells v, are
///
///   y(2m)     = g∗(u − v) + (g + h)∗v
///   y(2m + 1) = (g + h)∗v − h∗(v − u'),   u' = u one cell on,
///
/// three filters of half as many taps. Nothing is multiplied but by ±1 on the way, so rounding
/// stays what it is. Both axes together: nine sums for 2 × 2 results.
class WinogradConvolution {
 public:
  /// Whether a convolution can be computed this way, and takes fewer operations so than in blocks
  /// (Stacking).
  static bool fits(const ConvolutionGeometry& geometry, Precision precision);

  /// The batch of the geometry is not used: run() takes one sample.
  WinogradConvolution(const ConvolutionGeometry& geometry, Precision precision);

  std::size_t weights_bytes() const;
  /// Master (out, in, kx, ky, kz) → the form that run() reads.
  void prepare(const float* master, std::byte* prepared) const;
  std::size_t scratch_bytes() const;

  /// What is done to results: f(x + bias) · scale + shift per filter, f(x) = x for x > 0 and
  /// slope · x elsewhere.
  struct Finish {
    const float* bias;
    const float* scale;
    const float* shift;
    float slope;
  };
  /// Nothing.
  static Finish plain_finish();
  void run(const float* in, const std::byte* weights, const Finish& finish, float* out,
           std::byte* scratch) const;

  std::string implementation() const;

 private:
  std::int64_t words_of_a_tap() const;
  /// The results of a few tiles along y.
  void run_tiles(std::int64_t tile_x, std::int64_t first_y, const std::byte* weights,
                 const Finish& finish, float* out, std::byte* scratch) const;

  ConvolutionGeometry geometry_;
  Precision precision_;
  std::int64_t tiles_;   ///< along y that are computed together …
  std::int64_t length_;  ///< … and their results along y and z, in whole vectors
  WinogradWindow window_;
};

}  // namespace showergan::nn::kernel
