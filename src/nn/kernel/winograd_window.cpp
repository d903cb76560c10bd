#include "nn/kernel/winograd_window.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/winograd_window.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <hwy/highway.h>

#include "nn/kernel/onednn.hpp"
#include "nn/kernel/row_transposition.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, 16>;
using Words = hn::RebindToUnsigned<D>;

/// to = a − b, in whole vectors.
void Subtract(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, float* HWY_RESTRICT to,
              std::size_t count) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < count; i += lanes) {
    hn::StoreU(hn::Sub(hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, to + i);
  }
}

/// Bits whose upper half is x in bf16, rounded to nearest even.
HWY_INLINE hn::VFromD<Words> Rounded(hn::VFromD<D> x) {
  const Words du;
  const auto bits = hn::BitCast(du, x);
  const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(du, 1u));
  const auto sum = hn::Add(bits, hn::Add(odd, hn::Set(du, 0x7FFFu)));
  return hn::IfThenElse(hn::RebindMask(du, hn::IsNaN(x)), hn::Set(du, 0x7FC00000u), sum);
}

/// (channels, length) → pairs of channels in bf16, (channels / 2, length): a − b, or a where b is
/// null. Up to a vector beyond the length is overwritten, by what comes next.
void ToChannelPairs(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b,
                    std::uint32_t* HWY_RESTRICT to, std::size_t length, std::size_t pairs) {
  const D d;
  const Words du;
  const auto rounded = [&](std::size_t i) HWY_ATTR {
    const auto x = hn::LoadU(d, a + i);
    return Rounded(b ? hn::Sub(x, hn::LoadU(d, b + i)) : x);
  };
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    for (std::size_t i = 0; i < length; i += hn::Lanes(d)) {
      const auto low = hn::ShiftRight<16>(rounded(2 * pair * length + i));
      const auto high = hn::And(rounded((2 * pair + 1) * length + i), hn::Set(du, 0xFFFF0000u));
      hn::StoreU(hn::Or(low, high), du, to + pair * length + i);
    }
  }
}

/// a − b, or a where b is null, in bf16, in whole vectors.
void ToBf16(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b,
            std::uint16_t* HWY_RESTRICT to, std::size_t count) {
  const D d;
  const hn::RebindToSigned<D> di;
  const hn::Rebind<std::uint16_t, D> d16;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto x = hn::LoadU(d, a + i);
    const auto bits = Rounded(b ? hn::Sub(x, hn::LoadU(d, b + i)) : x);
    hn::StoreU(hn::DemoteTo(d16, hn::BitCast(di, hn::ShiftRight<16>(bits))), d16, to + i);
  }
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(Subtract);
HWY_EXPORT(ToChannelPairs);
HWY_EXPORT(ToBf16);

namespace {

std::size_t floats(std::size_t count) {
  return aligned(count * sizeof(float));
}

}  // namespace

WinogradWindow::WinogradWindow(const ConvolutionGeometry& g, Precision precision, Row row,
                               std::int64_t readable)
    : geometry_(g),
      precision_(precision),
      order_(row),
      row_(std::max(g.out[2] + g.kernel[2] - 1, g.padding.before[2] + g.in[2])),
      window_(half_up(g.kernel[0])) {
  for (std::size_t axis = 0; axis < 2; ++axis) {
    half_[axis] = half_up(g.out[axis]) + half_up(g.kernel[axis]) - 1;
  }
  // Pairs of channels are written in whole vectors, whose ends must stay in their part.
  const std::int64_t words = std::max<std::int64_t>(readable, 16);
  const std::int64_t numbers =
      g.in_channels * channel_words() + (precision == Precision::bf16 ? 2 : 1) * words;
  part_floats_ = (numbers + 31) / 32 * 32;
}

float WinogradWindow::weight(const float* kernel, std::int64_t filter, std::int64_t channel,
                             std::array<std::int64_t, 2> part, std::array<std::int64_t, 2> place,
                             std::int64_t z) const {
  const Triple& taps = geometry_.kernel;
  double sum = 0;
  const auto belongs = [](std::int64_t tap, std::int64_t its_part, std::int64_t its_place) {
    return tap / 2 == its_place && its_part != (tap % 2 == 0 ? 2 : 0);
  };
  for (std::int64_t x = 2 * place[0]; x < std::min(2 * place[0] + 2, taps[0]); ++x) {
    for (std::int64_t y = 2 * place[1]; y < std::min(2 * place[1] + 2, taps[1]); ++y) {
      if (!belongs(x, part[0], place[0]) || !belongs(y, part[1], place[1])) continue;
      const std::int64_t row =
          ((filter * geometry_.in_channels + channel) * taps[0] + x) * taps[1] + y;
      sum += static_cast<double>(kernel[row * taps[2] + z]);
    }
  }
  return static_cast<float>(sum);
}

std::int64_t WinogradWindow::row_words() const {
  if (order_ == Row::cells_along_memory) return row_;
  const std::int64_t numbers = row_ * geometry_.in_channels;
  return precision_ == Precision::bf16 ? numbers / 2 : numbers;
}

float* WinogradWindow::plane(std::byte* scratch, std::int64_t number) const {
  // Behind the even rows of a plane, whose second row on is read as a part of its own.
  const auto row = static_cast<std::size_t>(row_ * geometry_.in_channels);
  const std::size_t even = floats(static_cast<std::size_t>(part_floats_) + row);
  return reinterpret_cast<float*>(scratch + even) +
         static_cast<std::size_t>(number) * plane_floats();
}

std::size_t WinogradWindow::window_at() const {
  const auto row = static_cast<std::size_t>(row_ * geometry_.in_channels);
  return floats(static_cast<std::size_t>(part_floats_) + row) + floats(3 * plane_floats());
}

std::size_t WinogradWindow::scratch_bytes() const {
  return window_at() + aligned(static_cast<std::size_t>(window_) * 9 * part_bytes());
}

/// What lies outside the image is 0 from the start and stays so.
void WinogradWindow::begin(std::byte* scratch) const {
  std::memset(scratch, 0, window_at());
}

/// The plane at x of the padded image, combined along y.
void WinogradWindow::load_plane(const float* in, std::int64_t x, float* to,
                                std::byte* scratch) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t in_x = x - g.padding.before[0];
  if (in_x < 0 || in_x >= g.in[0]) {
    std::fill_n(to, plane_floats(), 0.0f);
    return;
  }
  const bool apart = order_ == Row::cells_along_memory;
  auto* even = reinterpret_cast<float*>(scratch);
  float* odd = to + part_floats_;
  const std::int64_t step = apart ? row_ : row_ * g.in_channels;
  const std::int64_t before = g.padding.before[2] * (apart ? 1 : g.in_channels);
  for (std::int64_t y = 0; y < g.in[1]; ++y) {
    const std::int64_t padded = y + g.padding.before[1];
    if (padded > 2 * half_[1]) break;  // no result reads it
    const float* row = in + (in_x * g.in[1] + y) * g.in[2] * g.in_channels;
    float* at = (padded % 2 == 0 ? even : odd) + padded / 2 * step + before;
    if (apart) {
      channels_apart(row, g.in[2], g.in_channels, channel_words(), at);
    } else {
      std::copy_n(row, g.in[2] * g.in_channels, at);
    }
  }
  const auto count = static_cast<std::size_t>(part_floats_);
  HWY_DYNAMIC_DISPATCH(Subtract)(even, odd, to, count);
  HWY_DYNAMIC_DISPATCH(Subtract)(odd, even + step, to + 2 * part_floats_, count);
}

/// Input planes of pair `half` along x, combined to their slot in the window. The even plane was
/// loaded before, as the one that follows the pair before.
void WinogradWindow::fill(const float* in, std::int64_t half, std::byte* scratch) const {
  const float* even = plane(scratch, half % 2);
  float* next = plane(scratch, (half + 1) % 2);
  float* odd = plane(scratch, 2);
  load_plane(in, 2 * half + 1, odd, scratch);
  load_plane(in, 2 * half + 2, next, scratch);
  std::byte* to =
      scratch + window_at() + static_cast<std::size_t>(half % window_ * 9) * part_bytes();
  combine(even, odd, to);
  combine(odd, nullptr, to + 3 * part_bytes());
  combine(odd, next, to + 6 * part_bytes());
}

/// a − b of planes, or a, in the number format.
void WinogradWindow::combine(const float* a, const float* b, std::byte* to) const {
  if (precision_ == Precision::f32) {
    if (b) {
      HWY_DYNAMIC_DISPATCH(Subtract)(a, b, reinterpret_cast<float*>(to), plane_floats());
    } else {
      std::memcpy(to, a, plane_floats() * sizeof(float));
    }
    return;
  }
  if (order_ == Row::channels_along_memory) {
    HWY_DYNAMIC_DISPATCH(ToBf16)(a, b, reinterpret_cast<std::uint16_t*>(to), plane_floats());
    return;
  }
  for (std::int64_t part = 0; part < 3; ++part, to += part_bytes()) {
    HWY_DYNAMIC_DISPATCH(ToChannelPairs)
    (a, b, reinterpret_cast<std::uint32_t*>(to), static_cast<std::size_t>(channel_words()),
     static_cast<std::size_t>(geometry_.in_channels / 2));
    a += part_floats_;
    if (b) b += part_floats_;
  }
}

}  // namespace showergan::nn::kernel
#endif
