#include "nn/kernel/winograd.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/winograd.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

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

/// to = a − b.
void Subtract(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, float* HWY_RESTRICT to,
              std::size_t count) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < count; i += lanes) {
    hn::StoreU(hn::Sub(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, to + i);
  }
}

/// The same for arrays of (channels, length) numbers that become pairs of channels in bf16,
/// (channels / 2, length); `b` may be null, which stands for 0. Up to a vector beyond the length is
/// overwritten, by what comes next.
void SubtractToPairs(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b,
                     std::uint32_t* HWY_RESTRICT to, std::size_t length, std::size_t pairs) {
  const D d;
  const hn::RebindToUnsigned<D> du;
  const std::size_t lanes = hn::Lanes(d);
  const auto rounded = [&](std::size_t i) HWY_ATTR {  // to the upper half, to nearest even
    const auto x = b ? hn::Sub(hn::LoadU(d, a + i), hn::LoadU(d, b + i)) : hn::LoadU(d, a + i);
    const auto bits = hn::BitCast(du, x);
    const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(du, 1u));
    const auto sum = hn::Add(bits, hn::Add(odd, hn::Set(du, 0x7FFFu)));
    return hn::IfThenElse(hn::RebindMask(du, hn::IsNaN(x)), hn::Set(du, 0x7FC00000u), sum);
  };
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    for (std::size_t z = 0; z < length; z += lanes) {
      const auto low = hn::ShiftRight<16>(rounded(2 * pair * length + z));
      const auto high = hn::And(rounded((2 * pair + 1) * length + z), hn::Set(du, 0xFFFF0000u));
      hn::StoreU(hn::Or(low, high), du, to + pair * length + z);
    }
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
HWY_EXPORT(Subtract);
HWY_EXPORT(SubtractToPairs);
HWY_EXPORT(Combine);

namespace {

constexpr std::int64_t lanes = 16;
constexpr std::int64_t most_channels = 8;
constexpr std::int64_t most_taps = 16;  ///< along x and y
constexpr std::int64_t most_tiles = 6;  ///< whose sums stay in the first-level cache

std::int64_t up_to_lanes(std::int64_t number) {
  return (number + lanes - 1) / lanes * lanes;
}

std::int64_t half_up(std::int64_t number) {
  return (number + 1) / 2;
}

/// Cells along z that the taps of a row of results read.
std::int64_t row_of(const ConvolutionGeometry& g) {
  return g.out[2] + g.kernel[2] - 1;
}

/// Vectors that so many rows one after another take.
std::int64_t vectors_of(const ConvolutionGeometry& g, std::int64_t rows) {
  return up_to_lanes((rows - 1) * row_of(g) + g.out[2]) / lanes;
}

/// The number of tiles along y whose rows fill vectors best; more only if that saves something.
std::int64_t tiles_together(const ConvolutionGeometry& g) {
  std::int64_t best = 1;
  for (std::int64_t rows = 2; rows <= std::min(most_tiles, half_up(g.out[1])); ++rows) {
    if (vectors_of(g, rows) * best * 50 < vectors_of(g, best) * rows * 49) best = rows;
  }
  return best;
}

/// Multiply-adds of vector registers for one sample.
std::int64_t operations(const ConvolutionGeometry& g) {
  const std::int64_t tiles = tiles_together(g);
  const std::int64_t runs = (half_up(g.out[1]) + tiles - 1) / tiles;
  std::int64_t count = g.in_channels * g.kernel[2] * g.out_channels * runs * vectors_of(g, tiles);
  count *= half_up(g.out[0]);
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
         g.kernel[1] > 1 && std::max(g.kernel[0], g.kernel[1]) <= most_taps && is_few(g.in_channels) && is_few(g.out_channels) &&
         vector_lanes() == lanes &&
         operations(g) < vector_operations(g, Stacking(g).block());
}

WinogradConvolution::WinogradConvolution(const ConvolutionGeometry& geometry, Precision precision)
    : geometry_(geometry),
      precision_(precision),
      row_(row_of(geometry)),
      tiles_(tiles_together(geometry)),
      length_(up_to_lanes((tiles_ - 1) * row_ + geometry.out[2])),
      window_(half_up(geometry.kernel[0])) {
  SHOWERGAN_EXPECT(fits(geometry, precision));
  for (std::size_t axis = 0; axis < 2; ++axis) {
    half_[axis] = half_up(geometry.out[axis]) + half_up(geometry.kernel[axis]) - 1;
  }
}

std::int64_t WinogradConvolution::part_floats() const {
  // The last vectors of the last channel read beyond it.
  return up_to_lanes(geometry_.in_channels * channel_floats() + length_ + geometry_.kernel[2]);
}

std::int64_t WinogradConvolution::taps(std::size_t axis, std::int64_t part) const {
  const std::int64_t all = geometry_.kernel[axis];
  return part == 2 ? all / 2 : half_up(all);
}

std::int64_t WinogradConvolution::tap_words() const {
  const std::int64_t numbers = geometry_.in_channels * geometry_.kernel[2] * geometry_.out_channels;
  return precision_ == Precision::bf16 ? numbers / 2 : numbers;
}

std::size_t WinogradConvolution::weights_bytes() const {
  std::int64_t words = tap_words();
  for (std::size_t axis = 0; axis < 2; ++axis) {
    words *= taps(axis, 0) + taps(axis, 1) + taps(axis, 2);
  }
  return aligned(static_cast<std::size_t>(words) * 4);
}

void WinogradConvolution::prepare(const float* master, std::byte* prepared) const {
  const ConvolutionGeometry& g = geometry_;
  const bool pairs = precision_ == Precision::bf16;
  const std::int64_t group = pairs ? 2 : 1;
  // The taps whose sum is tap j of a part.
  const auto summed = [&](std::size_t axis, std::int64_t part, std::int64_t j) {
    std::vector<std::int64_t> which;
    if (part != 2) which.push_back(2 * j);
    if (part != 0 && 2 * j + 1 < g.kernel[axis]) which.push_back(2 * j + 1);
    return which;
  };
  std::byte* to = prepared;
  const auto put = [&](std::int64_t f, std::int64_t c, std::int64_t z,
                       const std::vector<std::int64_t>& xs, const std::vector<std::int64_t>& ys) {
    double weight = 0;
    for (const std::int64_t x : xs) {
      for (const std::int64_t y : ys) {
        const std::int64_t row = ((f * g.in_channels + c) * g.kernel[0] + x) * g.kernel[1] + y;
        weight += static_cast<double>(master[row * g.kernel[2] + z]);
      }
    }
    const auto number = static_cast<float>(weight);
    if (pairs) {
      to_bf16(&number, reinterpret_cast<std::uint16_t*>(to), 1);
      to += 2;
    } else {
      std::memcpy(to, &number, 4);
      to += 4;
    }
  };
  for (std::int64_t part_x = 0; part_x < 3; ++part_x) {
    for (std::int64_t part_y = 0; part_y < 3; ++part_y) {
      for (std::int64_t i = 0; i < taps(0, part_x); ++i) {
        for (std::int64_t j = 0; j < taps(1, part_y); ++j) {
          const auto xs = summed(0, part_x, i);
          const auto ys = summed(1, part_y, j);
          for (std::int64_t c = 0; c < g.in_channels; c += group) {
            for (std::int64_t z = 0; z < g.kernel[2]; ++z) {
              for (std::int64_t f = 0; f < g.out_channels; ++f) {
                for (std::int64_t k = 0; k < group; ++k) put(f, c + k, z, xs, ys);
              }
            }
          }
        }
      }
    }
  }
}

WinogradConvolution::Scratch WinogradConvolution::scratch() const {
  const auto floats = [](std::int64_t count) {
    return aligned(static_cast<std::size_t>(count) * sizeof(float));
  };
  Scratch at{};
  at.planes = floats(part_floats() + row_);  // its second row on is read as a part of its own
  at.window = at.planes + floats(3 * plane_floats());
  at.sums = at.window + aligned(static_cast<std::size_t>(window_ * 3 * plane_bytes()));
  at.total = at.sums + floats(9 * geometry_.out_channels * length_);
  return at;
}

std::size_t WinogradConvolution::scratch_bytes() const {
  return scratch().total;
}

/// The plane at x of a padded image, combined along y. What lies outside the image is 0 from the
/// start and stays so.
void WinogradConvolution::load_plane(const float* in, std::int64_t x, float* plane,
                                     float* even) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t in_x = x - g.padding.before[0];
  if (in_x < 0 || in_x >= g.in[0]) {
    std::fill_n(plane, plane_floats(), 0.0f);
    return;
  }
  float* odd = plane + part_floats();
  for (std::int64_t y = 0; y < g.in[1]; ++y) {
    const std::int64_t padded_y = y + g.padding.before[1];
    if (padded_y > 2 * half_[1]) break;  // no result reads it
    channels_apart(in + (in_x * g.in[1] + y) * g.in[2] * g.in_channels, g.in[2], g.in_channels,
                   channel_floats(),
                   (padded_y % 2 == 0 ? even : odd) + padded_y / 2 * row_ + g.padding.before[2]);
  }
  const auto count = static_cast<std::size_t>(part_floats());
  HWY_DYNAMIC_DISPATCH(Subtract)(even, odd, plane, count);
  HWY_DYNAMIC_DISPATCH(Subtract)(odd, even + row_, plane + 2 * part_floats(), count);
}

/// a − b of planes, or a, in the number format.
void WinogradConvolution::combine_planes(const float* a, const float* b, std::byte* to) const {
  if (precision_ == Precision::f32) {
    const auto count = static_cast<std::size_t>(plane_floats());
    if (b) {
      HWY_DYNAMIC_DISPATCH(Subtract)(a, b, reinterpret_cast<float*>(to), count);
    } else {
      std::memcpy(to, a, count * sizeof(float));
    }
    return;
  }
  for (std::int64_t part = 0; part < 3; ++part) {
    const std::int64_t at = part * part_floats();
    HWY_DYNAMIC_DISPATCH(SubtractToPairs)
    (a + at, b ? b + at : nullptr, reinterpret_cast<std::uint32_t*>(to + part * part_bytes()),
     static_cast<std::size_t>(channel_floats()),
     static_cast<std::size_t>(geometry_.in_channels / 2));
  }
}

/// The results of a few tiles along y.
void WinogradConvolution::run_tiles(std::int64_t tile_x, std::int64_t first_y,
                                    const std::byte* weights, const Finish& finish, float* out,
                                    const std::byte* window, float* sums) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t image = g.out_channels * length_;
  std::array<const std::byte*, most_taps * most_taps / 4> rows;
  WinogradSum sum{};
  sum.weights = weights;
  sum.channel_words = precision_ == Precision::bf16 ? g.in_channels / 2 : g.in_channels;
  sum.row_length = channel_floats();
  sum.z_taps = g.kernel[2];
  sum.filters = g.out_channels;
  sum.length = length_;
  sum.sums = sums;
  for (std::int64_t part_x = 0; part_x < 3; ++part_x) {
    for (std::int64_t part_y = 0; part_y < 3; ++part_y) {
      std::size_t count = 0;
      for (std::int64_t i = 0; i < taps(0, part_x); ++i) {
        const std::byte* part = window + ((tile_x + i) % window_ * 3 + part_x) * plane_bytes() +
                                part_y * part_bytes();
        for (std::int64_t j = 0; j < taps(1, part_y); ++j) {
          rows[count++] = part + (first_y + j) * row_ * 4;
        }
      }
      sum.rows = std::span(rows).first(count);
      if (precision_ == Precision::bf16) {
        run_bf16_sum(sum);
      } else {
        HWY_DYNAMIC_DISPATCH(RunSum)(sum);
      }
      sum.weights += static_cast<std::int64_t>(count) * tap_words() * 4;
      sum.sums += image;
    }
  }
  HWY_DYNAMIC_DISPATCH(Combine)
  (sums, static_cast<std::size_t>(g.out_channels), static_cast<std::size_t>(length_), finish);
  for (std::int64_t x = 2 * tile_x; x < std::min(2 * tile_x + 2, g.out[0]); ++x) {
    for (std::int64_t y = 2 * first_y; y < std::min(2 * (first_y + tiles_), g.out[1]); ++y) {
      channels_together(sums + (x % 2 * 2 + y % 2) * image + (y / 2 - first_y) * row_, length_,
                        g.out[2], g.out_channels,
                        out + (x * g.out[1] + y) * g.out[2] * g.out_channels);
    }
  }
}

void WinogradConvolution::run(const float* in, const std::byte* weights, const Finish& finish,
                              float* out, std::byte* memory) const {
  const Scratch at = scratch();
  auto* even_rows = reinterpret_cast<float*>(memory);
  auto* planes = reinterpret_cast<float*>(memory + at.planes);
  auto* sums = reinterpret_cast<float*>(memory + at.sums);
  std::byte* window = memory + at.window;
  std::memset(memory, 0, at.sums);
  float* odd = planes + 2 * plane_floats();
  load_plane(in, 0, planes, even_rows);
  for (std::int64_t half = 0; half < half_[0]; ++half) {
    const float* even = planes + half % 2 * plane_floats();
    float* next = planes + (half + 1) % 2 * plane_floats();
    load_plane(in, 2 * half + 1, odd, even_rows);
    load_plane(in, 2 * half + 2, next, even_rows);
    std::byte* to = window + half % window_ * 3 * plane_bytes();
    combine_planes(even, odd, to);
    combine_planes(odd, nullptr, to + plane_bytes());
    combine_planes(odd, next, to + 2 * plane_bytes());
    const std::int64_t tile_x = half + 1 - window_;
    if (tile_x < 0) continue;
    for (std::int64_t y = 0; y < half_up(geometry_.out[1]); y += tiles_) {
      run_tiles(tile_x, y, weights, finish, out, window, sums);
    }
  }
}

std::string WinogradConvolution::implementation() const {
  return precision_ == Precision::bf16 ? "Winograd along x and y, bf16" : "Winograd along x and y";
}

}  // namespace showergan::nn::kernel
#endif
