#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "nn/kernel/convolution_geometry.hpp"
#include "nn/kernel/precision.hpp"

namespace showergan::nn::kernel {

/// A convolution of stride 1 with a handful of channels and filters, which leave most lanes of
/// oneDNN's vectors empty: here lanes run along z, and over a few rows one after another, whose
/// padding lies between them.
///
/// Along x and y it takes three multiplications where the definition takes four (Winograd,
/// "Arithmetic complexity of computations", 1980; as a fast FIR algorithm: Mou and Duhamel, 1987).
/// Two neighbouring results of a filter with even taps g and odd taps h, of an input with even cells u
/// and odd cells v, are
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
  void run(const float* in, const std::byte* weights, const Finish& finish, float* out,
           std::byte* scratch) const;

  std::string implementation() const;

 private:
  /// Where the pieces of the scratch memory begin, behind a plane's even rows.
  struct Scratch {
    std::size_t planes;  ///< three input planes, combined along y, in float32
    std::size_t window;  ///< the same combined along x, in the number format
    std::size_t sums;
    std::size_t total;
  };

  Scratch scratch() const;
  /// A plane of the image is (channels, rows, row_), its rows those with even or with odd y.
  std::int64_t channel_floats() const { return (half_[1] + 1) * row_; }
  std::int64_t part_floats() const;
  /// Three parts, which are combined along y.
  std::int64_t plane_floats() const { return 3 * part_floats(); }
  std::int64_t part_bytes() const {
    return part_floats() * static_cast<std::int64_t>(bytes_of(precision_));
  }
  std::int64_t plane_bytes() const { return 3 * part_bytes(); }
  /// Taps of the filter of part 0 (g), 1 (g + h) or 2 (h) along an axis.
  std::int64_t taps(std::size_t axis, std::int64_t part) const;
  /// Words of one tap along x and y: (channels, kz, filters), pairs of channels in bf16.
  std::int64_t tap_words() const;
  void load_plane(const float* in, std::int64_t x, float* plane, float* even) const;
  void combine_planes(const float* a, const float* b, std::byte* to) const;
  void run_tiles(std::int64_t tile_x, std::int64_t first_y, const std::byte* weights,
                 const Finish& finish, float* out, const std::byte* window, float* sums) const;

  ConvolutionGeometry geometry_;
  Precision precision_;
  std::int64_t row_;                  ///< cells along z with the padding
  std::int64_t tiles_;                ///< along y that are computed together …
  std::int64_t length_;               ///< … and their results along y and z, in whole vectors
  std::array<std::int64_t, 2> half_;  ///< pairs of cells along x and y
  std::int64_t window_;               ///< pairs along x that a tile reads
};

}  // namespace showergan::nn::kernel
