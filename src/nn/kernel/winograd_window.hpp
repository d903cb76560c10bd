#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "nn/kernel/convolution_geometry.hpp"
#include "nn/kernel/precision.hpp"

namespace showergan::nn::kernel {

/// Tiles of two, or taps of every other place, that so many make.
constexpr std::int64_t half_up(std::int64_t number) {
  return (number + 1) / 2;
}

/// The input of a Winograd convolution F(2, 2) along x and y, combined: of each axis' even cells u
/// and odd cells v the parts u − v, v and v − u', u' one cell on (see WinogradConvolution), nine in
/// all; as many planes at a time as a row of tiles reads.
class WinogradWindow {
 public:
  /// How a row of the image lies in a part.
  enum class Row {
    cells_along_memory,     ///< (channels, rows, cells): in bf16 pairs of channels are words
    channels_along_memory,  ///< (rows, cells, channels)
  };

  /// `readable` words (of four bytes) beyond the last row may be read.
  WinogradWindow(const ConvolutionGeometry& geometry, Precision precision, Row row,
                 std::int64_t readable);

  /// Taps along an axis of the filter that part 0 (even taps), 1 (their sums) or 2 (odd taps)
  /// takes.
  std::int64_t taps(std::size_t axis, std::int64_t part) const {
    const std::int64_t all = geometry_.kernel[axis];
    return part == 2 ? all / 2 : half_up(all);
  }
  /// The sum of the taps that stand at place (i, j) of the parts' filters.
  float weight(const float* kernel, std::int64_t filter, std::int64_t channel,
               std::array<std::int64_t, 2> part, std::array<std::int64_t, 2> place,
               std::int64_t z) const;

  /// Words (of four bytes) from one row to the next, and from one channel (pair) to the next where
  /// cells lie along memory.
  std::int64_t row_words() const;
  std::int64_t channel_words() const { return (half_[1] + 1) * row_; }

  std::size_t scratch_bytes() const;
  /// Prepares the scratch memory for an image.
  void begin(std::byte* scratch) const;
  /// Calls use(tile_x) for every row of tiles, with the window in place.
  template <class Use>
  void for_each_tile_row(const float* in, std::byte* scratch, Use&& use) const {
    begin(scratch);
    load_plane(in, 0, plane(scratch, 0), scratch);
    for (std::int64_t half = 0; half < half_[0]; ++half) {
      fill(in, half, scratch);
      if (half + 1 >= window_) use(half + 1 - window_);
    }
  }
  /// Row 0 of tile_y under tap (i, j) of a part, after for_each_tile_row() got to tile_x.
  const std::byte* row(const std::byte* scratch, std::array<std::int64_t, 2> part,
                       std::array<std::int64_t, 2> tile, std::array<std::int64_t, 2> tap) const {
    const std::int64_t slot = (tile[0] + tap[0]) % window_;
    return scratch + window_at() +
           static_cast<std::size_t>((slot * 3 + part[0]) * 3 + part[1]) * part_bytes() +
           static_cast<std::size_t>((tile[1] + tap[1]) * row_words() * 4);
  }

 private:
  std::size_t part_bytes() const {
    return static_cast<std::size_t>(part_floats_) * bytes_of(precision_);
  }
  std::size_t plane_floats() const { return 3 * static_cast<std::size_t>(part_floats_); }
  /// One of three input planes that are combined along y, in float32.
  float* plane(std::byte* scratch, std::int64_t number) const;
  std::size_t window_at() const;
  void load_plane(const float* in, std::int64_t x, float* plane, std::byte* scratch) const;
  void fill(const float* in, std::int64_t half, std::byte* scratch) const;
  void combine(const float* a, const float* b, std::byte* to) const;

  ConvolutionGeometry geometry_;
  Precision precision_;
  Row order_;
  std::int64_t row_;                  ///< cells along z with the padding
  std::array<std::int64_t, 2> half_;  ///< pairs of cells along x and y
  std::int64_t window_;               ///< of them, along x, a tile reads so many
  std::int64_t part_floats_;
};

}  // namespace showergan::nn::kernel
