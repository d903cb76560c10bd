#include "nn/kernel/winograd.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/winograd.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include <hwy/highway.h>

#include "base/contract.hpp"
#include "nn/kernel/number_conversion.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/row_transposition.hpp"
#include "nn/kernel/stacking.hpp"
#include "nn/kernel/winograd_sum.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;

/// All filters of `Vectors` vectors from `z` on.
template <std::size_t Filters, std::size_t Vectors>
HWY_INLINE void RunBlock(const WinogradSum& sum, std::size_t z) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  hn::VFromD<D> sums[Filters][Vectors];
  for (std::size_t f = 0; f < Filters; ++f) {
    for (std::size_t v = 0; v < Vectors; ++v) sums[f][v] = hn::Zero(d);
  }
  const float* HWY_RESTRICT weights = reinterpret_cast<const float*>(sum.weights);
  for (const std::byte* row : sum.rows) {
    const float* HWY_RESTRICT in = reinterpret_cast<const float*>(row) + z;
    for (std::int64_t c = 0; c < sum.channel_words; ++c, in += sum.row_length) {
      for (std::int64_t tap = 0; tap < sum.z_taps; ++tap, weights += Filters) {
        hn::VFromD<D> x[Vectors];
        for (std::size_t v = 0; v < Vectors; ++v) x[v] = hn::LoadU(d, in + tap + v * lanes);
        for (std::size_t f = 0; f < Filters; ++f) {
          const auto w = hn::Set(d, weights[f]);
          for (std::size_t v = 0; v < Vectors; ++v) {
            sums[f][v] = hn::MulAdd(x[v], w, sums[f][v]);
          }
        }
      }
    }
  }
  const auto length = static_cast<std::size_t>(sum.length);
  for (std::size_t f = 0; f < Filters; ++f) {
    for (std::size_t v = 0; v < Vectors; ++v) {
      hn::Store(sums[f][v], d, sum.sums + f * length + z + v * lanes);
    }
  }
}

/// As many vectors at a time as registers hold: of 32 in AVX-512, 24 sums; of 16 elsewhere, 12.
template <std::size_t Filters>
HWY_INLINE void RunFilters(const WinogradSum& sum) {
  constexpr std::size_t registers = HWY_TARGET <= HWY_AVX3 ? 24 : 12;
  constexpr std::size_t most = std::clamp<std::size_t>(registers / Filters, 1, 3);
  const std::size_t lanes = hn::Lanes(D());
  const auto length = static_cast<std::size_t>(sum.length);
  std::size_t z = 0;
  for (; z + most * lanes <= length; z += most * lanes) RunBlock<Filters, most>(sum, z);
  if (z + 2 * lanes == length) {
    RunBlock<Filters, 1>(sum, z);
    z += lanes;
  }
  if (z + lanes == length) RunBlock<Filters, 1>(sum, z);
}

void RunSum(const WinogradSum& sum) {
  switch (sum.filters) {
    case 2:
      return RunFilters<2>(sum);
    case 4:
      return RunFilters<4>(sum);
    case 6:
      return RunFilters<6>(sum);
    default:
      return RunFilters<8>(sum);
  }
}

/// Combines the nine sums, (part along x, part along y, filter, length), to the four results of
/// tiles, (x, y, filter, length), over the first ones; finished.
void Combine(float* HWY_RESTRICT sums, std::size_t filters, std::size_t length,
             const WinogradConvolution::Finish& finish) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t image = filters * length;
  const auto zero = hn::Zero(d);
  const auto slope = hn::Set(d, finish.slope);
  for (std::size_t f = 0; f < filters; ++f) {
    const auto bias = hn::Set(d, finish.bias[f]);
    const auto scale = hn::Set(d, finish.scale[f]);
    const auto shift = hn::Set(d, finish.shift[f]);
    const auto finished = [&](auto sum) HWY_ATTR {
      const auto x = hn::Add(sum, bias);
      return hn::MulAdd(hn::IfThenElse(hn::Gt(x, zero), x, hn::Mul(slope, x)), scale, shift);
    };
    for (std::size_t z = 0; z < length; z += lanes) {
      float* at = sums + f * length + z;
      hn::VFromD<D> even[3];  // along y
      hn::VFromD<D> odd[3];
      for (std::size_t part = 0; part < 3; ++part) {
        const float* three = at + 3 * part * image;
        const auto both = hn::Load(d, three + image);
        even[part] = hn::Add(hn::Load(d, three), both);
        odd[part] = hn::Sub(both, hn::Load(d, three + 2 * image));
      }
      hn::Store(finished(hn::Add(even[0], even[1])), d, at);
      hn::Store(finished(hn::Add(odd[0], odd[1])), d, at + image);
      hn::Store(finished(hn::Sub(even[1], even[2])), d, at + 2 * image);
      hn::Store(finished(hn::Sub(odd[1], odd[2])), d, at + 3 * image);
    }
  }
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(RunSum);
HWY_EXPORT(Combine);

namespace {

constexpr std::int64_t lanes = 16;
constexpr std::int64_t most_channels = 8;
constexpr std::int64_t most_taps = 16;   ///< along x and y
constexpr std::int64_t most_tiles = 13;  ///< whose sums stay in the second-level cache

std::int64_t up_to_lanes(std::int64_t number) {
  return (number + lanes - 1) / lanes * lanes;
}

/// Cells along z that the taps of a row of results read, or more where none reads the last ones.
std::int64_t row_of(const ConvolutionGeometry& g) {
  return std::max(g.out[2] + g.kernel[2] - 1, g.padding.before[2] + g.in[2]);
}

/// Vectors that so many rows one after another take.
std::int64_t vectors_of(const ConvolutionGeometry& g, std::int64_t rows) {
  return up_to_lanes((rows - 1) * row_of(g) + g.out[2]) / lanes;
}

/// Vectors of results along y and z if so many tiles along y are computed together.
std::int64_t all_vectors(const ConvolutionGeometry& g, std::int64_t tiles) {
  return (half_up(g.out[1]) + tiles - 1) / tiles * vectors_of(g, tiles);
}

/// The number of tiles along y that takes the fewest vectors; more only if that saves something.
std::int64_t tiles_together(const ConvolutionGeometry& g) {
  std::int64_t best = 1;
  for (std::int64_t tiles = 2; tiles <= std::min(most_tiles, half_up(g.out[1])); ++tiles) {
    if (all_vectors(g, tiles) * 50 < all_vectors(g, best) * 49) best = tiles;
  }
  return best;
}

/// Multiply-adds of vector registers for one sample.
std::int64_t operations(const ConvolutionGeometry& g) {
  std::int64_t count = g.in_channels * g.kernel[2] * g.out_channels * half_up(g.out[0]) *
                       all_vectors(g, tiles_together(g));
  for (std::size_t axis = 0; axis < 2; ++axis) {
    count *= 2 * half_up(g.kernel[axis]) + g.kernel[axis] / 2;
  }
  return count;
}

bool is_few(std::int64_t channels) {
  return channels % 2 == 0 && channels <= most_channels;
}

}  // namespace

bool WinogradConvolution::fits(const ConvolutionGeometry& g, Precision precision) {
  return precision != Precision::int8 && g.stride == Triple{1, 1, 1} && g.kernel[0] > 1 &&
         g.kernel[1] > 1 && std::max(g.kernel[0], g.kernel[1]) <= most_taps &&
         is_few(g.in_channels) && is_few(g.out_channels) && vector_lanes() == lanes &&
         operations(g) < vector_operations(g, Stacking(g).block());
}

WinogradConvolution::WinogradConvolution(const ConvolutionGeometry& geometry, Precision precision)
    : geometry_(geometry),
      precision_(precision),
      tiles_(tiles_together(geometry)),
      length_(up_to_lanes((tiles_ - 1) * row_of(geometry) + geometry.out[2])),
      window_(geometry, precision, WinogradWindow::Row::cells_along_memory,
              length_ + geometry.kernel[2]) {
  SHOWERGAN_EXPECT(fits(geometry, precision));
}

std::int64_t WinogradConvolution::words_of_a_tap() const {
  const std::int64_t numbers = geometry_.in_channels * geometry_.kernel[2] * geometry_.out_channels;
  return precision_ == Precision::bf16 ? numbers / 2 : numbers;
}

std::size_t WinogradConvolution::weights_bytes() const {
  std::int64_t words = words_of_a_tap();
  for (const std::size_t axis : {0u, 1u}) {
    words *= window_.taps(axis, 0) + window_.taps(axis, 1) + window_.taps(axis, 2);
  }
  return aligned(static_cast<std::size_t>(words) * 4);
}

void WinogradConvolution::prepare(const float* master, std::byte* prepared) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t group = precision_ == Precision::bf16 ? 2 : 1;  // channels of a word
  const auto put_tap = [&](std::array<std::int64_t, 2> part, std::array<std::int64_t, 2> place) {
    for (std::int64_t c = 0; c < g.in_channels; c += group) {
      for (std::int64_t z = 0; z < g.kernel[2]; ++z) {
        for (std::int64_t f = 0; f < g.out_channels; ++f, prepared += 4) {
          const float weight = window_.weight(master, f, c, part, place, z);
          if (group == 1) {
            std::memcpy(prepared, &weight, 4);
            continue;
          }
          const float pair[] = {weight, window_.weight(master, f, c + 1, part, place, z)};
          to_bf16(pair, reinterpret_cast<std::uint16_t*>(prepared), 2);
        }
      }
    }
  };
  for (std::int64_t part_x = 0; part_x < 3; ++part_x) {
    for (std::int64_t part_y = 0; part_y < 3; ++part_y) {
      for (std::int64_t i = 0; i < window_.taps(0, part_x); ++i) {
        for (std::int64_t j = 0; j < window_.taps(1, part_y); ++j) {
          put_tap({part_x, part_y}, {i, j});
        }
      }
    }
  }
}

std::size_t WinogradConvolution::scratch_bytes() const {
  return window_.scratch_bytes() +
         aligned(static_cast<std::size_t>(9 * geometry_.out_channels * length_) * sizeof(float));
}

void WinogradConvolution::run_tiles(std::int64_t tile_x, std::int64_t first_y,
                                    const std::byte* weights, const Finish& finish, float* out,
                                    std::byte* scratch) const {
  const ConvolutionGeometry& g = geometry_;
  auto* sums = reinterpret_cast<float*>(scratch + window_.scratch_bytes());
  const std::int64_t image = g.out_channels * length_;
  std::array<const std::byte*, most_taps * most_taps / 4> rows;
  WinogradSum sum{};
  sum.weights = weights;
  sum.channel_words = precision_ == Precision::bf16 ? g.in_channels / 2 : g.in_channels;
  sum.row_length = window_.channel_words();
  sum.z_taps = g.kernel[2];
  sum.filters = g.out_channels;
  sum.length = length_;
  sum.sums = sums;
  for (std::int64_t part_x = 0; part_x < 3; ++part_x) {
    for (std::int64_t part_y = 0; part_y < 3; ++part_y) {
      std::size_t count = 0;
      for (std::int64_t i = 0; i < window_.taps(0, part_x); ++i) {
        for (std::int64_t j = 0; j < window_.taps(1, part_y); ++j) {
          rows[count++] = window_.row(scratch, {part_x, part_y}, {tile_x, first_y}, {i, j});
        }
      }
      sum.rows = std::span(rows).first(count);
      if (precision_ == Precision::bf16) {
        run_bf16_sum(sum);
      } else {
        HWY_DYNAMIC_DISPATCH(RunSum)(sum);
      }
      sum.weights += static_cast<std::int64_t>(count) * words_of_a_tap() * 4;
      sum.sums += image;
    }
  }
  HWY_DYNAMIC_DISPATCH(Combine)
  (sums, static_cast<std::size_t>(g.out_channels), static_cast<std::size_t>(length_), finish);
  for (std::int64_t x = 2 * tile_x; x < std::min(2 * tile_x + 2, g.out[0]); ++x) {
    for (std::int64_t y = 2 * first_y; y < std::min(2 * (first_y + tiles_), g.out[1]); ++y) {
      channels_together(
          sums + (x % 2 * 2 + y % 2) * image + (y / 2 - first_y) * window_.row_words(), length_,
          g.out[2], g.out_channels, out + (x * g.out[1] + y) * g.out[2] * g.out_channels);
    }
  }
}

void WinogradConvolution::run(const float* in, const std::byte* weights, const Finish& finish,
                              float* out, std::byte* scratch) const {
  window_.for_each_tile_row(in, scratch, [&](std::int64_t tile_x) {
    for (std::int64_t y = 0; y < half_up(geometry_.out[1]); y += tiles_) {
      run_tiles(tile_x, y, weights, finish, out, scratch);
    }
  });
}

WinogradConvolution::Finish WinogradConvolution::plain_finish() {
  static constexpr float zeros[most_channels] = {};
  static constexpr float ones[most_channels] = {1, 1, 1, 1, 1, 1, 1, 1};
  return {zeros, ones, zeros, 1.0f};
}

std::string WinogradConvolution::implementation() const {
  return precision_ == Precision::bf16 ? "Winograd along x and y, bf16" : "Winograd along x and y";
}

}  // namespace showergan::nn::kernel
#endif
