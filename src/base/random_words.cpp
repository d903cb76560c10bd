// CounterRandom::fill_words: Philox 4x32-10 for as many draws at once as fit into a vector
// register.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "base/random_words.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <algorithm>

#include <hwy/highway.h>

#include "base/random.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

/// Without vectors there are none to fill.
std::size_t FillDraws(std::uint64_t, std::uint32_t, std::uint64_t, std::uint32_t, std::size_t,
                      std::uint32_t*) {
  return 0;
}

#else

/// Words of whole vectors of draws; returns how many draws that were. Every lane has 64 bits and
/// works on the lower 32 of them, so that products fit; what gathers in the upper half is ignored.
std::size_t FillDraws(std::uint64_t key, std::uint32_t purpose, std::uint64_t index,
                      std::uint32_t first_draw, std::size_t draws,
                      std::uint32_t* HWY_RESTRICT out) {
  const hn::ScalableTag<std::uint64_t> d;
  const hn::RepartitionToNarrow<decltype(d)> half;
  const auto times = [&](auto a, auto b) HWY_ATTR {
    return hn::MulEven(hn::BitCast(half, a), hn::BitCast(half, b));
  };
  const auto multiplier_0 = hn::Set(d, 0xD2511F53u);
  const auto multiplier_1 = hn::Set(d, 0xCD9E8D57u);
  const auto step_0 = hn::Set(d, 0x9E3779B9u);
  const auto step_1 = hn::Set(d, 0xBB67AE85u);
  const auto lower = hn::Set(d, 0xFFFFFFFFu);
  const std::size_t lanes = hn::Lanes(d);
  std::size_t draw = 0;
  for (; draw + lanes <= draws; draw += lanes) {
    auto w0 = hn::Iota(d, first_draw + draw);
    auto w1 = hn::Set(d, purpose);
    auto w2 = hn::Set(d, index);
    auto w3 = hn::Set(d, index >> 32);
    auto key_0 = hn::Set(d, key);
    auto key_1 = hn::Set(d, key >> 32);
    for (int round = 0; round < 10; ++round) {
      const auto product_0 = times(multiplier_0, w0);
      const auto product_1 = times(multiplier_1, w2);
      w0 = hn::Xor(hn::ShiftRight<32>(product_1), hn::Xor(w1, key_0));
      w1 = product_1;
      w2 = hn::Xor(hn::ShiftRight<32>(product_0), hn::Xor(w3, key_1));
      w3 = product_0;
      key_0 = hn::Add(key_0, step_0);
      key_1 = hn::Add(key_1, step_1);
    }
    const auto first = hn::Or(hn::And(w0, lower), hn::ShiftLeft<32>(w1));
    const auto second = hn::Or(hn::And(w2, lower), hn::ShiftLeft<32>(w3));
    hn::StoreInterleaved2(first, second, d, reinterpret_cast<std::uint64_t*>(out + 4 * draw));
  }
  return draw;
}

#endif

}  // namespace showergan::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan {

HWY_EXPORT(FillDraws);

void CounterRandom::fill_words(std::uint64_t index, std::uint32_t first_draw,
                               std::span<std::uint32_t> out) const noexcept {
  const std::size_t done = HWY_DYNAMIC_DISPATCH(FillDraws)(seed_, purpose_, index, first_draw,
                                                           out.size() / 4, out.data());
  for (std::size_t i = 4 * done; i < out.size(); i += 4) {
    const auto word = words(index, first_draw + static_cast<std::uint32_t>(i / 4));
    std::copy_n(word.begin(), std::min<std::size_t>(4, out.size() - i), out.data() + i);
  }
}

}  // namespace showergan
#endif
