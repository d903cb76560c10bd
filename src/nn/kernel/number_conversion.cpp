#include "nn/kernel/number_conversion.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/number_conversion.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>
#include <bit>
#include <cmath>

#include <hwy/highway.h>

#include "nn/kernel/channel_pattern.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;

constexpr std::uint32_t bf16_nan = 0x7FC0;

void ToBf16(const float* HWY_RESTRICT from, std::uint16_t* HWY_RESTRICT to, std::size_t count) {
  const Floats d;
  const hn::RebindToUnsigned<Floats> du;
  const hn::RebindToSigned<Floats> di;
  const hn::Rebind<std::uint16_t, Floats> d16;
  const auto half = hn::Set(du, 0x7FFFu);
  const auto one = hn::Set(du, 1u);
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    const auto value = hn::LoadU(d, from + i);
    const auto bits = hn::BitCast(du, value);
    const auto odd = hn::And(hn::ShiftRight<16>(bits), one);
    const auto finite = hn::ShiftRight<16>(hn::Add(bits, hn::Add(odd, half)));
    const auto rounded =
        hn::IfThenElse(hn::RebindMask(du, hn::IsNaN(value)), hn::Set(du, bf16_nan), finite);
    hn::StoreU(hn::DemoteTo(d16, hn::BitCast(di, rounded)), d16, to + i);
  }
  for (; i < count; ++i) {
    const auto bits = std::bit_cast<std::uint32_t>(from[i]);
    to[i] = from[i] == from[i]
                ? static_cast<std::uint16_t>((bits + ((bits >> 16) & 1u) + 0x7FFFu) >> 16)
                : static_cast<std::uint16_t>(bf16_nan);
  }
}

/// Calls vector(element, place in the pattern) for whole vectors, scalar(…) for what is left.
template <class Vector, class Scalar>
HWY_INLINE void sweep_channels(std::size_t count, std::size_t period, Vector&& vector,
                               Scalar&& scalar) {
  const std::size_t lanes = hn::Lanes(Floats());
  for (std::size_t base = 0; base < count; base += period) {
    const std::size_t length = std::min(period, count - base);
    std::size_t j = 0;
    for (; j + lanes <= length; j += lanes) vector(base + j, j);
    for (; j < length; ++j) scalar(base + j, j);
  }
}

float LargestMagnitude(const float* HWY_RESTRICT x, const ChannelPattern& factors,
                       std::size_t count) {
  const Floats d;
  auto largest = hn::Zero(d);
  auto nothing = hn::Zero(d);  // 0 · x: NaN if x is none or infinite, and stays NaN in a sum
  float rest = 0;
  sweep_channels(
      count, factors.period(),
      [&](std::size_t i, std::size_t j) HWY_ATTR {
        const auto value = hn::Abs(hn::Mul(hn::LoadU(d, x + i), hn::LoadU(d, factors.data() + j)));
        largest = hn::Max(largest, value);
        nothing = hn::MulAdd(value, hn::Zero(d), nothing);
      },
      [&](std::size_t i, std::size_t j) {
        const float value = std::abs(x[i] * factors.data()[j]);
        if (value > rest) rest = value;
        rest += 0 * value;  // NaN if that is none or infinite, and then it stays
      });
  const float of_vectors =
      hn::GetLane(hn::MaxOfLanes(d, largest)) + hn::GetLane(hn::SumOfLanes(d, nothing));
  return std::max(of_vectors, rest) + 0 * (of_vectors + rest);
}

void ToSteps(const float* HWY_RESTRICT x, const ChannelPattern& factors,
             std::uint8_t* HWY_RESTRICT to, std::size_t count) {
  const Floats d;
  const hn::RebindToSigned<Floats> di;
  const hn::Rebind<std::uint8_t, Floats> d8;
  const auto most = hn::Set(d, largest_step);
  const auto least = hn::Set(d, -largest_step);
  const auto zero = hn::Set(di, zero_step);
  sweep_channels(
      count, factors.period(),
      [&](std::size_t i, std::size_t j) HWY_ATTR {
        const auto value = hn::Mul(hn::LoadU(d, x + i), hn::LoadU(d, factors.data() + j));
        const auto whole = hn::NearestInt(hn::Max(least, hn::Min(value, most)));
        hn::StoreU(hn::DemoteTo(d8, hn::Add(whole, zero)), d8, to + i);
      },
      [&](std::size_t i, std::size_t j) {
        const float value = x[i] * factors.data()[j];
        const float cut = value == value ? std::clamp(value, -largest_step, largest_step) : 0.0f;
        to[i] = static_cast<std::uint8_t>(zero_step + static_cast<int>(std::nearbyint(cut)));
      });
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(ToBf16);
HWY_EXPORT(LargestMagnitude);
HWY_EXPORT(ToSteps);

void to_bf16(const float* from, std::uint16_t* to, std::int64_t count) {
  HWY_DYNAMIC_DISPATCH(ToBf16)(from, to, static_cast<std::size_t>(count));
}

float largest_magnitude(const float* x, std::span<const float> factors, std::int64_t count) {
  const ChannelPattern pattern(factors);
  return HWY_DYNAMIC_DISPATCH(LargestMagnitude)(x, pattern, static_cast<std::size_t>(count));
}

void to_steps(const float* x, std::span<const float> factors, std::uint8_t* to,
              std::int64_t count) {
  const ChannelPattern pattern(factors);
  HWY_DYNAMIC_DISPATCH(ToSteps)(x, pattern, to, static_cast<std::size_t>(count));
}

}  // namespace showergan::nn::kernel
#endif
