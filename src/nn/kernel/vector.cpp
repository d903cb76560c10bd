#include "nn/kernel/vector.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/vector.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>
#include <array>
#include <cmath>

#include <hwy/highway.h>

#include "base/contract.hpp"
#include "nn/kernel/channel_pattern.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, lanes_multiple>;

/// Calls vector(i) for whole vectors of [0, count) and scalar(i) for what is left.
template <class Vector, class Scalar>
HWY_INLINE void sweep(std::size_t count, Vector&& vector, Scalar&& scalar) {
  const std::size_t lanes = hn::Lanes(D());
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) vector(i);
  for (; i < count; ++i) scalar(i);
}

/// The same over an array whose channels repeat with `period`: both get the element and its place
/// in the pattern.
template <class Vector, class Scalar>
HWY_INLINE void sweep_channels(std::size_t count, std::size_t period, Vector&& vector,
                               Scalar&& scalar) {
  for (std::size_t base = 0; base < count; base += period) {
    sweep(
        std::min(period, count - base), [&](std::size_t j) HWY_ATTR { vector(base + j, j); },
        [&](std::size_t j) { scalar(base + j, j); });
  }
}

void AddTo(float* HWY_RESTRICT sum, const float* HWY_RESTRICT x, std::size_t count) {
  const D d;
  sweep(
      count,
      [&](std::size_t i)
          HWY_ATTR { hn::StoreU(hn::Add(hn::LoadU(d, sum + i), hn::LoadU(d, x + i)), d, sum + i); },
      [&](std::size_t i) { sum[i] += x[i]; });
}

/// gradient · derivative(output), where `derivative` works on vectors.
template <class Derivative>
HWY_INLINE void multiply(const float* HWY_RESTRICT output, float* HWY_RESTRICT gradient,
                         std::size_t count, Derivative&& derivative) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto factor = derivative(hn::LoadU(d, output + i));
    hn::StoreU(hn::Mul(hn::LoadU(d, gradient + i), factor), d, gradient + i);
  }
  if (i < count) {  // the last elements, in a vector of their own
    alignas(64) float y[lanes_multiple] = {};
    std::copy(output + i, output + count, y);
    const auto factor = derivative(hn::Load(d, y));
    hn::Store(factor, d, y);
    for (std::size_t j = 0; i + j < count; ++j) gradient[i + j] *= y[j];
  }
}

void MultiplyByDerivative(const Activation& activation, const float* output, float* gradient,
                          std::size_t count) {
  const D d;
  const auto zero = hn::Zero(d);
  const auto one = hn::Set(d, 1.0f);
  switch (activation.function) {
    case Function::linear:
      return;
    case Function::relu:
      return multiply(output, gradient, count,
                      [&](auto y) HWY_ATTR { return hn::IfThenElseZero(hn::Gt(y, zero), one); });
    case Function::leaky_relu: {
      const auto slope = hn::Set(d, static_cast<float>(activation.alpha));
      return multiply(output, gradient, count,
                      [&](auto y) HWY_ATTR { return hn::IfThenElse(hn::Gt(y, zero), one, slope); });
    }
    case Function::sigmoid:
      return multiply(output, gradient, count,
                      [&](auto y) HWY_ATTR { return hn::Mul(y, hn::Sub(one, y)); });
    case Function::tanh:
      return multiply(output, gradient, count,
                      [&](auto y) HWY_ATTR { return hn::NegMulAdd(y, y, one); });
    case Function::softplus:  // y = ln(1 + e^x), so f' = 1 − e^−y; −expm1(−y) keeps small y exact
      for (std::size_t i = 0; i < count; ++i) gradient[i] *= -std::expm1(-output[i]);
      return;
    case Function::exp:
      return multiply(output, gradient, count, [&](auto y) HWY_ATTR { return y; });
    case Function::log:
    case Function::power:
    case Function::clip:
    case Function::atan:
      break;
  }
  SHOWERGAN_EXPECT(activation.derivative_from_output());
}

void ScaleShift(const float* in, float* out, std::size_t count, const ChannelPattern& scale,
                const ChannelPattern& shift) {
  const D d;
  const float* s = scale.data();
  const float* h = shift.data();
  sweep_channels(
      count, scale.period(),
      [&](std::size_t i, std::size_t j) HWY_ATTR {
        hn::StoreU(hn::MulAdd(hn::LoadU(d, in + i), hn::LoadU(d, s + j), hn::LoadU(d, h + j)), d,
                   out + i);
      },
      [&](std::size_t i, std::size_t j) { out[i] = in[i] * s[j] + h[j]; });
}

void RectifyChannels(const float* in, float* out, std::size_t count, const ChannelPattern& bias,
                     float slope, const ChannelPattern& scale, const ChannelPattern& shift) {
  const D d;
  const float* b = bias.data();
  const float* s = scale.data();
  const float* h = shift.data();
  const auto slopes = hn::Set(d, slope);
  sweep_channels(
      count, bias.period(),
      [&](std::size_t i, std::size_t j) HWY_ATTR {
        const auto x = hn::Add(hn::LoadU(d, in + i), hn::LoadU(d, b + j));
        const auto y = hn::IfThenElse(hn::Gt(x, hn::Zero(d)), x, hn::Mul(slopes, x));
        hn::StoreU(hn::MulAdd(y, hn::LoadU(d, s + j), hn::LoadU(d, h + j)), d, out + i);
      },
      [&](std::size_t i, std::size_t j) {
        const float x = in[i] + b[j];
        out[i] = (x > 0 ? x : slope * x) * s[j] + h[j];
      });
}

void CombineChannels(const float* a, const float* b, float* out, std::size_t count,
                     const ChannelPattern& p, const ChannelPattern& q, const ChannelPattern& r) {
  const D d;
  sweep_channels(
      count, p.period(),
      [&](std::size_t i, std::size_t j) HWY_ATTR {
        const auto ap =
            hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, p.data() + j), hn::LoadU(d, r.data() + j));
        hn::StoreU(hn::MulAdd(hn::LoadU(d, b + i), hn::LoadU(d, q.data() + j), ap), d, out + i);
      },
      [&](std::size_t i, std::size_t j) {
        out[i] = a[i] * p.data()[j] + b[i] * q.data()[j] + r.data()[j];
      });
}

/// Sums `rounds` periods in float, which loses nothing worth keeping over so few, before they go to
/// double.
void BlockSums(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t count,
               std::size_t period, float* HWY_RESTRICT first, float* HWY_RESTRICT second) {
  const D d;
  sweep_channels(
      count, period,
      [&](std::size_t i, std::size_t j) HWY_ATTR {
        const auto x = hn::LoadU(d, a + i);
        hn::StoreU(hn::Add(hn::LoadU(d, first + j), x), d, first + j);
        hn::StoreU(hn::MulAdd(x, hn::LoadU(d, b + i), hn::LoadU(d, second + j)), d, second + j);
      },
      [&](std::size_t i, std::size_t j) {
        first[j] += a[i];
        second[j] += a[i] * b[i];
      });
}

using Words = hn::RebindToUnsigned<D>;
using Bytes = hn::Rebind<std::uint8_t, D>;

void Drop(const float* in, const std::uint32_t* words, std::uint32_t threshold, float kept,
          float* out, std::uint8_t* mask, std::size_t count) {
  const D d;
  const Words dw;
  const hn::RebindToSigned<D> di;
  const auto first_kept = hn::Set(di, static_cast<std::int32_t>(threshold) - 1);
  const auto factor = hn::Set(d, kept);
  sweep(
      count,
      [&](std::size_t i) HWY_ATTR {
        const auto drawn = hn::BitCast(di, hn::ShiftRight<8>(hn::LoadU(dw, words + i)));
        const auto keep = hn::Gt(drawn, first_kept);
        const auto x = hn::Mul(hn::LoadU(d, in + i), factor);
        hn::StoreU(hn::IfThenElseZero(hn::RebindMask(d, keep), x), d, out + i);
        hn::StoreU(hn::DemoteTo(Bytes(), hn::IfThenElseZero(keep, hn::Set(di, 1))), Bytes(),
                   mask + i);
      },
      [&](std::size_t i) {
        mask[i] = words[i] >> 8 >= threshold;
        out[i] = mask[i] ? in[i] * kept : 0.0f;
      });
}

void DropAgain(const float* in, const std::uint8_t* mask, float kept, float* out,
               std::size_t count) {
  const D d;
  const hn::RebindToSigned<D> di;
  const auto factor = hn::Set(d, kept);
  sweep(
      count,
      [&](std::size_t i) HWY_ATTR {
        const auto keep = hn::Gt(hn::PromoteTo(di, hn::LoadU(Bytes(), mask + i)), hn::Zero(di));
        const auto x = hn::Mul(hn::LoadU(d, in + i), factor);
        hn::StoreU(hn::IfThenElseZero(hn::RebindMask(d, keep), x), d, out + i);
      },
      [&](std::size_t i) { out[i] = mask[i] ? in[i] * kept : 0.0f; });
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(AddTo);
HWY_EXPORT(MultiplyByDerivative);
HWY_EXPORT(ScaleShift);
HWY_EXPORT(RectifyChannels);
HWY_EXPORT(CombineChannels);
HWY_EXPORT(BlockSums);
HWY_EXPORT(Drop);
HWY_EXPORT(DropAgain);

void add_to(float* sum, const float* x, std::int64_t count) {
  HWY_DYNAMIC_DISPATCH(AddTo)(sum, x, static_cast<std::size_t>(count));
}

void multiply_by_derivative(const Activation& activation, const float* output, float* gradient,
                            std::int64_t count) {
  HWY_DYNAMIC_DISPATCH(MultiplyByDerivative)
  (activation, output, gradient, static_cast<std::size_t>(count));
}

void scale_shift(const float* in, float* out, std::int64_t count, std::span<const float> scale,
                 std::span<const float> shift) {
  SHOWERGAN_EXPECT(scale.size() == shift.size());
  const ChannelPattern scale_pattern(scale);
  const ChannelPattern shift_pattern(shift);
  HWY_DYNAMIC_DISPATCH(ScaleShift)
  (in, out, static_cast<std::size_t>(count), scale_pattern, shift_pattern);
}

void rectify_channels(const float* in, float* out, std::int64_t count, std::span<const float> bias,
                      float slope, std::span<const float> scale, std::span<const float> shift) {
  SHOWERGAN_EXPECT(bias.size() == scale.size() && scale.size() == shift.size());
  const ChannelPattern bias_pattern(bias);
  const ChannelPattern scale_pattern(scale);
  const ChannelPattern shift_pattern(shift);
  HWY_DYNAMIC_DISPATCH(RectifyChannels)
  (in, out, static_cast<std::size_t>(count), bias_pattern, slope, scale_pattern, shift_pattern);
}

void combine_channels(const float* a, const float* b, float* out, std::int64_t count,
                      std::span<const float> p, std::span<const float> q,
                      std::span<const float> r) {
  SHOWERGAN_EXPECT(p.size() == q.size() && q.size() == r.size());
  const ChannelPattern p_pattern(p);
  const ChannelPattern q_pattern(q);
  const ChannelPattern r_pattern(r);
  HWY_DYNAMIC_DISPATCH(CombineChannels)
  (a, b, out, static_cast<std::size_t>(count), p_pattern, q_pattern, r_pattern);
}

void channel_sums(const float* a, const float* b, std::int64_t count, std::span<double> first,
                  std::span<double> second) {
  SHOWERGAN_EXPECT(first.size() == second.size());
  const std::size_t channels = first.size();
  const std::size_t period = period_of(channels);
  const auto total = static_cast<std::size_t>(count);
  if (period > longest_period) {
    for (std::size_t i = 0; i < total; ++i) {
      first[i % channels] += static_cast<double>(a[i]);
      second[i % channels] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    }
    return;
  }
  constexpr std::size_t rounds = 32;
  std::array<float, longest_period> block_first;
  std::array<float, longest_period> block_second;
  for (std::size_t base = 0; base < total; base += rounds * period) {
    const std::size_t length = std::min(rounds * period, total - base);
    std::fill_n(block_first.begin(), period, 0.0f);
    std::fill_n(block_second.begin(), period, 0.0f);
    HWY_DYNAMIC_DISPATCH(BlockSums)
    (a + base, b + base, length, period, block_first.data(), block_second.data());
    for (std::size_t j = 0; j < period; ++j) {
      first[j % channels] += static_cast<double>(block_first[j]);
      second[j % channels] += static_cast<double>(block_second[j]);
    }
  }
}

void add_channel_sums(const float* x, std::int64_t count, std::span<double> work, float* sums) {
  const std::size_t channels = work.size() / 2;
  std::ranges::fill(work, 0.0);
  channel_sums(x, x, count, work.first(channels), work.last(channels));
  for (std::size_t c = 0; c < channels; ++c) sums[c] += static_cast<float>(work[c]);
}

void drop(const float* in, const std::uint32_t* words, std::uint32_t threshold, float kept,
          float* out, std::uint8_t* mask, std::int64_t count) {
  HWY_DYNAMIC_DISPATCH(Drop)
  (in, words, threshold, kept, out, mask, static_cast<std::size_t>(count));
}

void drop_again(const float* in, const std::uint8_t* mask, float kept, float* out,
                std::int64_t count) {
  HWY_DYNAMIC_DISPATCH(DropAgain)(in, mask, kept, out, static_cast<std::size_t>(count));
}

}  // namespace showergan::nn::kernel
#endif
