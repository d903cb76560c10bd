#include "nn/kernel/row_transposition.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/row_transposition.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void ApartOneByOne(const float* row, std::int64_t cells, std::int64_t channels, std::int64_t stride,
                   float* to) {
  for (std::int64_t i = 0; i < cells; ++i) {
    for (std::int64_t c = 0; c < channels; ++c) to[c * stride + i] = *row++;
  }
}

void TogetherOneByOne(const float* from, std::int64_t stride, std::int64_t cells,
                      std::int64_t channels, float* row) {
  for (std::int64_t i = 0; i < cells; ++i) {
    for (std::int64_t c = 0; c < channels; ++c) *row++ = from[c * stride + i];
  }
}

#if HWY_TARGET <= HWY_AVX3

using D = hn::CappedTag<float, 16>;
/// Two neighbouring channels of a cell.
using Pairs = hn::CappedTag<double, 8>;

constexpr std::int64_t block = 16;  ///< cells

/// Eight cells: of each pair of channels a vector.
template <std::size_t Channels>
HWY_INLINE void LoadPairs(const float* from, hn::VFromD<Pairs> (&pairs)[Channels / 2]) {
  const Pairs d;
  const auto* numbers = reinterpret_cast<const double*>(from);
  if constexpr (Channels == 2) pairs[0] = hn::LoadU(d, numbers);
  if constexpr (Channels == 4) hn::LoadInterleaved2(d, numbers, pairs[0], pairs[1]);
  if constexpr (Channels == 6) hn::LoadInterleaved3(d, numbers, pairs[0], pairs[1], pairs[2]);
  if constexpr (Channels == 8) {
    hn::LoadInterleaved4(d, numbers, pairs[0], pairs[1], pairs[2], pairs[3]);
  }
}

template <std::size_t Channels>
HWY_INLINE void StorePairs(const hn::VFromD<Pairs> (&pairs)[Channels / 2], float* to) {
  const Pairs d;
  auto* numbers = reinterpret_cast<double*>(to);
  if constexpr (Channels == 2) hn::StoreU(pairs[0], d, numbers);
  if constexpr (Channels == 4) hn::StoreInterleaved2(pairs[0], pairs[1], d, numbers);
  if constexpr (Channels == 6) hn::StoreInterleaved3(pairs[0], pairs[1], pairs[2], d, numbers);
  if constexpr (Channels == 8) {
    hn::StoreInterleaved4(pairs[0], pairs[1], pairs[2], pairs[3], d, numbers);
  }
}

/// The last block may overlap the one before it.
template <class Use>
HWY_INLINE void for_each_block(std::int64_t cells, Use&& use) {
  for (std::int64_t i = 0; i < cells; i += block) use(std::min(i, cells - block));
}

template <std::size_t Channels>
HWY_INLINE void Apart(const float* row, std::int64_t cells, std::int64_t stride, float* to) {
  const D d;
  for_each_block(cells, [&](std::int64_t i) HWY_ATTR {
    hn::VFromD<Pairs> low[Channels / 2];
    hn::VFromD<Pairs> high[Channels / 2];
    LoadPairs<Channels>(row + i * static_cast<std::int64_t>(Channels), low);
    LoadPairs<Channels>(row + (i + block / 2) * static_cast<std::int64_t>(Channels), high);
    for (std::size_t p = 0; p < Channels / 2; ++p) {
      const auto a = hn::BitCast(d, low[p]);
      const auto b = hn::BitCast(d, high[p]);
      float* even = to + static_cast<std::int64_t>(2 * p) * stride + i;
      hn::StoreU(hn::ConcatEven(d, b, a), d, even);
      hn::StoreU(hn::ConcatOdd(d, b, a), d, even + stride);
    }
  });
}

template <std::size_t Channels>
HWY_INLINE void Together(const float* from, std::int64_t stride, std::int64_t cells, float* row) {
  const D d;
  const Pairs dp;
  alignas(64) static constexpr std::int64_t order[8] = {0, 1, 4, 5, 2, 3, 6, 7};
  const auto blocks = hn::SetTableIndices(dp, order);
  for_each_block(cells, [&](std::int64_t i) HWY_ATTR {
    hn::VFromD<Pairs> low[Channels / 2];
    hn::VFromD<Pairs> high[Channels / 2];
    for (std::size_t p = 0; p < Channels / 2; ++p) {
      const float* even = from + static_cast<std::int64_t>(2 * p) * stride + i;
      const auto a = hn::LoadU(d, even);
      const auto b = hn::LoadU(d, even + stride);
      // Interleaving works on 16 bytes at a time: cells 0, 1, 4, 5, … and 2, 3, 6, 7, …
      const auto first = hn::BitCast(dp, hn::InterleaveLower(d, a, b));
      const auto second = hn::BitCast(dp, hn::InterleaveUpper(d, a, b));
      low[p] = hn::TableLookupLanes(hn::ConcatLowerLower(dp, second, first), blocks);
      high[p] = hn::TableLookupLanes(hn::ConcatUpperUpper(dp, second, first), blocks);
    }
    StorePairs<Channels>(low, row + i * static_cast<std::int64_t>(Channels));
    StorePairs<Channels>(high, row + (i + block / 2) * static_cast<std::int64_t>(Channels));
  });
}

void ChannelsApart(const float* row, std::int64_t cells, std::int64_t channels, std::int64_t stride,
                   float* to) {
  if (cells < block) return ApartOneByOne(row, cells, channels, stride, to);
  switch (channels) {
    case 2:
      return Apart<2>(row, cells, stride, to);
    case 4:
      return Apart<4>(row, cells, stride, to);
    case 6:
      return Apart<6>(row, cells, stride, to);
    case 8:
      return Apart<8>(row, cells, stride, to);
    default:
      return ApartOneByOne(row, cells, channels, stride, to);
  }
}

void ChannelsTogether(const float* from, std::int64_t stride, std::int64_t cells,
                      std::int64_t channels, float* row) {
  if (cells < block) return TogetherOneByOne(from, stride, cells, channels, row);
  switch (channels) {
    case 2:
      return Together<2>(from, stride, cells, row);
    case 4:
      return Together<4>(from, stride, cells, row);
    case 6:
      return Together<6>(from, stride, cells, row);
    case 8:
      return Together<8>(from, stride, cells, row);
    default:
      return TogetherOneByOne(from, stride, cells, channels, row);
  }
}

#else

void ChannelsApart(const float* row, std::int64_t cells, std::int64_t channels, std::int64_t stride,
                   float* to) {
  ApartOneByOne(row, cells, channels, stride, to);
}

void ChannelsTogether(const float* from, std::int64_t stride, std::int64_t cells,
                      std::int64_t channels, float* row) {
  TogetherOneByOne(from, stride, cells, channels, row);
}

#endif

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(ChannelsApart);
HWY_EXPORT(ChannelsTogether);

void channels_apart(const float* row, std::int64_t cells, std::int64_t channels,
                    std::int64_t stride, float* to) {
  HWY_DYNAMIC_DISPATCH(ChannelsApart)(row, cells, channels, stride, to);
}

void channels_together(const float* from, std::int64_t stride, std::int64_t cells,
                       std::int64_t channels, float* row) {
  HWY_DYNAMIC_DISPATCH(ChannelsTogether)(from, stride, cells, channels, row);
}

}  // namespace showergan::nn::kernel
#endif
