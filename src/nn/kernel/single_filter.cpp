#include "nn/kernel/single_filter.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/single_filter.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>
#include <span>

#include <hwy/highway.h>

#include "base/contract.hpp"
#include "nn/kernel/channel_pattern.hpp"
#include "nn/kernel/convolution_description.hpp"
#include "nn/kernel/onednn.hpp"
#include "nn/kernel/short_copy.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, lanes_multiple>;

/// Sums that are kept in vector registers at a time; also how many vectors, less one, of a row's
/// sums may lie beyond it.
constexpr std::size_t registers = 12;

/// `Repeats` patterns of `Vectors` vectors each, from element `at` of the rows on.
template <std::size_t Vectors, std::size_t Repeats>
HWY_INLINE void SumBlock(std::span<const RowTap> taps, std::size_t at, float* HWY_RESTRICT sums) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  hn::VFromD<D> sum[Repeats][Vectors];
  for (std::size_t r = 0; r < Repeats; ++r) {
    for (std::size_t v = 0; v < Vectors; ++v) sum[r][v] = hn::Zero(d);
  }
  for (const RowTap& tap : taps) {
    const float* HWY_RESTRICT row = tap.row + at;
    const float* HWY_RESTRICT weights = tap.weights;
    for (std::size_t v = 0; v < Vectors; ++v) {
      const auto weight = hn::Load(d, weights + v * lanes);
      for (std::size_t r = 0; r < Repeats; ++r) {
        sum[r][v] = hn::MulAdd(hn::LoadU(d, row + (r * Vectors + v) * lanes), weight, sum[r][v]);
      }
    }
  }
  for (std::size_t r = 0; r < Repeats; ++r) {
    for (std::size_t v = 0; v < Vectors; ++v) {
      hn::StoreU(sum[r][v], d, sums + at + (r * Vectors + v) * lanes);
    }
  }
}

/// The first `count` numbers of a vector and zeros behind them. Nothing else is read, and `from`
/// may have any alignment; MaskedLoad promises neither where it is no single instruction.
HWY_INLINE hn::VFromD<D> LoadFirst(const float* from, std::size_t count) {
  const D d;
#if HWY_MEM_OPS_MIGHT_FAULT && HWY_TARGET != HWY_AVX2
  if (count >= hn::Lanes(d)) return hn::LoadU(d, from);
  HWY_ALIGN float numbers[lanes_multiple] = {};
  for (std::size_t i = 0; i < count; ++i) numbers[i] = from[i];
  return hn::Load(d, numbers);
#else
  return hn::MaskedLoad(hn::FirstN(d, count), d, from);
#endif
}

/// Less than one pattern, or a row beyond whose end nothing may be read.
HWY_INLINE void SumRest(std::span<const RowTap> taps, std::size_t period, std::size_t at,
                        std::size_t count, float* sums) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (; at < count; at += lanes) {
    const std::size_t inside = std::min(lanes, count - at);
    auto sum = hn::Zero(d);
    for (const RowTap& tap : taps) {
      const auto weight = hn::Load(d, tap.weights + at % period);
      sum = hn::MulAdd(LoadFirst(tap.row + at, inside), weight, sum);
    }
    hn::StoreU(sum, d, sums + at);
  }
}

/// `count` sums of one row, as many patterns at a time as registers hold. `readable`: numbers that
/// may be read, those beyond the row included.
template <std::size_t Vectors>
void SumRow(std::span<const RowTap> taps, std::size_t count, std::size_t readable, float* sums) {
  constexpr std::size_t repeats = std::max<std::size_t>(1, registers / Vectors);
  const std::size_t period = Vectors * hn::Lanes(D());
  const std::size_t block = repeats * period;
  std::size_t at = 0;
  for (; at < count && at + block <= readable; at += block) {
    SumBlock<Vectors, repeats>(taps, at, sums);
  }
  SumRest(taps, period, at, count, sums);
}

#if HWY_TARGET != HWY_SCALAR
/// Adds neighbours in pairs: the first `halves` sums. Reads and writes up to two vectors beyond.
HWY_INLINE void AddPairs(float* sums, std::size_t halves) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < halves; i += lanes) {
    const auto low = hn::LoadU(d, sums + 2 * i);
    const auto high = hn::LoadU(d, sums + 2 * i + lanes);
    hn::StoreU(hn::Add(hn::ConcatEven(d, high, low), hn::ConcatOdd(d, high, low)), d, sums + i);
  }
}

/// Adds groups of three. Reads and writes up to three vectors beyond.
HWY_INLINE void AddTriples(float* sums, std::size_t thirds) {
  const D d;
  for (std::size_t i = 0; i < thirds; i += hn::Lanes(d)) {
    hn::VFromD<D> a;
    hn::VFromD<D> b;
    hn::VFromD<D> c;
    hn::LoadInterleaved3(d, sums + 3 * i, a, b, c);
    hn::StoreU(hn::Add(hn::Add(a, b), c), d, sums + i);
  }
}
#endif

/// Adds up groups of `channels` neighbours in place: `cells` results at the front.
HWY_INLINE void AddChannels(float* sums, std::size_t cells, std::size_t channels) {
#if HWY_TARGET != HWY_SCALAR
  for (; channels % 2 == 0; channels /= 2) AddPairs(sums, cells * channels / 2);
  if (channels == 3) {
    AddTriples(sums, cells);
    channels = 1;
  }
#endif
  if (channels == 1) return;
  for (std::size_t i = 0; i < cells; ++i) {
    float sum = 0;
    for (std::size_t c = 0; c < channels; ++c) sum += sums[i * channels + c];
    sums[i] = sum;
  }
}

void ConvolveRow(std::span<const RowTap> taps, std::size_t period, std::size_t channels,
                 std::size_t cells, std::size_t readable, float* sums, float* out) {
  const std::size_t count = cells * channels;
  switch (period / hn::Lanes(D())) {
    case 1:
      SumRow<1>(taps, count, readable, sums);
      break;
    case 2:
      SumRow<2>(taps, count, readable, sums);
      break;
    case 3:
      SumRow<3>(taps, count, readable, sums);
      break;
    case 4:
      SumRow<4>(taps, count, readable, sums);
      break;
    case 6:
      SumRow<6>(taps, count, readable, sums);
      break;
    case 8:
      SumRow<8>(taps, count, readable, sums);
      break;
    case 12:
      SumRow<12>(taps, count, readable, sums);
      break;
    default:  // the longest patterns on the shortest vectors
      SumRest(taps, period, 0, count, sums);
  }
  AddChannels(sums, cells, channels);
  short_copy(out, sums, cells * sizeof(float));
}

/// One sample; `image` has its padding along z, `taps` room for all taps.
void Convolve(const ConvolutionGeometry& g, std::size_t period, std::int64_t row,
              const float* image, const float* weights, RowTap* taps, float* sums, float* out) {
  const float* end = image + g.in[0] * g.in[1] * row;
  for (std::int64_t x = 0; x < g.out[0]; ++x) {
    const std::int64_t from_x = x - g.padding.before[0];
    for (std::int64_t y = 0; y < g.out[1]; ++y) {
      const std::int64_t from_y = y - g.padding.before[1];
      std::size_t count = 0;
      const float* weight = weights;
      for (std::int64_t i = from_x; i < from_x + g.kernel[0]; ++i) {
        for (std::int64_t j = from_y; j < from_y + g.kernel[1]; ++j) {
          const bool inside = i >= 0 && i < g.in[0] && j >= 0 && j < g.in[1];
          for (std::int64_t z = 0; z < g.kernel[2]; ++z, weight += period) {
            if (!inside) continue;
            taps[count++] = {image + (i * g.in[1] + j) * row + z * g.in_channels, weight};
          }
        }
      }
      const auto readable = count > 0 ? static_cast<std::size_t>(end - taps[count - 1].row) : 0;
      ConvolveRow({taps, count}, period, static_cast<std::size_t>(g.in_channels),
                  static_cast<std::size_t>(g.out[2]), readable, sums, out);
      out += g.out[2];
    }
  }
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(Convolve);

namespace {

/// Floats of the longest pattern: four vectors of AVX-512.
constexpr std::size_t longest = 4 * lanes_multiple;

/// Sums are made and added up in whole blocks.
constexpr std::size_t beyond_row = 12 * lanes_multiple;

}  // namespace

bool SingleFilter::fits(const ConvolutionGeometry& g) {
  const auto channels = static_cast<std::size_t>(g.in_channels);
  return g.out_channels == 1 && g.stride == Triple{1, 1, 1} && period_of(channels) <= longest;
}

SingleFilter::SingleFilter(const ConvolutionGeometry& geometry)
    : geometry_(geometry),
      period_(
          static_cast<std::int64_t>(period_of(static_cast<std::size_t>(geometry.in_channels)))) {
  SHOWERGAN_EXPECT(fits(geometry));
}

bool SingleFilter::pads_rows() const {
  return geometry_.padding.before[2] > 0 || geometry_.padding.after[2] > 0;
}

std::int64_t SingleFilter::row() const {
  const Padding& padding = geometry_.padding;
  return (padding.before[2] + geometry_.in[2] + padding.after[2]) * geometry_.in_channels;
}

std::size_t SingleFilter::weights_bytes() const {
  const std::int64_t taps = geometry_.kernel[0] * geometry_.kernel[1] * geometry_.kernel[2];
  return aligned(static_cast<std::size_t>(taps * period_) * sizeof(float));
}

void SingleFilter::prepare(const float* master, std::byte* prepared) const {
  const std::int64_t taps = geometry_.kernel[0] * geometry_.kernel[1] * geometry_.kernel[2];
  auto* weights = reinterpret_cast<float*>(prepared);
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    for (std::int64_t i = 0; i < period_; ++i) {
      weights[tap * period_ + i] = master[i % geometry_.in_channels * taps + tap];
    }
  }
}

SingleFilter::Scratch SingleFilter::scratch() const {
  const ConvolutionGeometry& g = geometry_;
  const auto taps = static_cast<std::size_t>(g.kernel[0] * g.kernel[1] * g.kernel[2]);
  const auto sums = static_cast<std::size_t>(g.out[2] * g.in_channels) + beyond_row;
  const std::int64_t image = pads_rows() ? g.in[0] * g.in[1] * row() : 0;
  Scratch at{};
  at.sums = aligned(taps * sizeof(RowTap));
  at.image = at.sums + aligned(sums * sizeof(float));
  at.total = at.image + aligned(static_cast<std::size_t>(image) * sizeof(float));
  return at;
}

std::size_t SingleFilter::scratch_bytes() const {
  return scratch().total;
}

/// A copy of the image with the padding along z.
void SingleFilter::pad_rows(const float* image, float* padded) const {
  const ConvolutionGeometry& g = geometry_;
  const std::int64_t plain = g.in[2] * g.in_channels;
  const std::int64_t before = g.padding.before[2] * g.in_channels;
  const std::int64_t after = row() - before - plain;
  for (std::int64_t r = 0; r < g.in[0] * g.in[1]; ++r) {
    std::fill_n(padded, before, 0.0f);
    std::copy_n(image, plain, padded + before);
    std::fill_n(padded + before + plain, after, 0.0f);
    image += plain;
    padded += row();
  }
}

void SingleFilter::run(const float* in, const std::byte* weights, float* out,
                       std::byte* memory) const {
  const ConvolutionGeometry& g = geometry_;
  const Scratch at = scratch();
  auto* padded = reinterpret_cast<float*>(memory + at.image);
  for (std::int64_t n = 0; n < g.batch; ++n) {
    const float* image = in + n * g.in[0] * g.in[1] * g.in[2] * g.in_channels;
    if (pads_rows()) pad_rows(image, padded);
    HWY_DYNAMIC_DISPATCH(Convolve)
    (g, static_cast<std::size_t>(period_), row(), pads_rows() ? padded : image,
     reinterpret_cast<const float*>(weights), reinterpret_cast<RowTap*>(memory),
     reinterpret_cast<float*>(memory + at.sums), out + n * result_count(g) / g.batch);
  }
}

}  // namespace showergan::nn::kernel
#endif
