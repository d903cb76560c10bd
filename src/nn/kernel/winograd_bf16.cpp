#include "base/contract.hpp"
#include "nn/kernel/winograd_sum.hpp"

#if defined(__x86_64__)

#include <cstring>

#include <immintrin.h>

#define SHOWERGAN_BF16_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))

namespace showergan::nn::kernel {
namespace {

constexpr std::int64_t lanes = 16;

/// All filters of `Vectors` vectors from `z` on.
template <int Filters, int Vectors>
SHOWERGAN_BF16_TARGET void run_block(const WinogradSum& sum, std::int64_t z) {
  __m512 sums[Filters][Vectors];
  for (int f = 0; f < Filters; ++f) {
    for (int v = 0; v < Vectors; ++v) sums[f][v] = _mm512_setzero_ps();
  }
  const std::byte* weights = sum.weights;
  for (const std::byte* row : sum.rows) {
    const std::byte* in = row + z * 4;
    for (std::int64_t c = 0; c < sum.channel_words; ++c, in += sum.row_length * 4) {
      for (std::int64_t tap = 0; tap < sum.z_taps; ++tap, weights += Filters * 4) {
        __m512bh x[Vectors];
        for (int v = 0; v < Vectors; ++v) {
          x[v] = reinterpret_cast<__m512bh>(_mm512_loadu_si512(in + (tap + lanes * v) * 4));
        }
        for (int f = 0; f < Filters; ++f) {
          int pair;
          std::memcpy(&pair, weights + f * 4, sizeof pair);
          const __m512bh w = reinterpret_cast<__m512bh>(_mm512_set1_epi32(pair));
          for (int v = 0; v < Vectors; ++v) sums[f][v] = _mm512_dpbf16_ps(sums[f][v], x[v], w);
        }
      }
    }
  }
  for (int f = 0; f < Filters; ++f) {
    for (int v = 0; v < Vectors; ++v) {
      _mm512_store_ps(sum.sums + f * sum.length + z + lanes * v, sums[f][v]);
    }
  }
}

/// Three vectors at a time: with eight filters 24 of 32 registers.
template <int Filters>
SHOWERGAN_BF16_TARGET void run_filters(const WinogradSum& sum) {
  std::int64_t z = 0;
  for (; z + 3 * lanes <= sum.length; z += 3 * lanes) run_block<Filters, 3>(sum, z);
  if (z + 2 * lanes == sum.length) run_block<Filters, 2>(sum, z);
  if (z + lanes == sum.length) run_block<Filters, 1>(sum, z);
}

}  // namespace

void run_bf16_sum(const WinogradSum& sum) {
  switch (sum.filters) {
    case 2:
      return run_filters<2>(sum);
    case 4:
      return run_filters<4>(sum);
    case 6:
      return run_filters<6>(sum);
    default:
      SHOWERGAN_EXPECT(sum.filters == 8);
      return run_filters<8>(sum);
  }
}

}  // namespace showergan::nn::kernel

#else

namespace showergan::nn::kernel {

void run_bf16_sum(const WinogradSum&) {
  SHOWERGAN_EXPECT(false && "a processor with bf16 instructions");
}

}  // namespace showergan::nn::kernel

#endif
