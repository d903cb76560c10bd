#include "base/contract.hpp"
#include "nn/kernel/narrow_convolution_row.hpp"

#if defined(__x86_64__)

#include <algorithm>
#include <cstring>

#include <immintrin.h>

#define SHOWERGAN_BF16_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))

namespace showergan::nn::kernel {
namespace {

constexpr std::int64_t lanes = 16;

/// `Cells` cells from `cell` on, `Vectors` vectors of filters from `filter` on.
template <int Cells, int Vectors>
SHOWERGAN_BF16_TARGET void run_block(const NarrowRow& row, std::int64_t cell, std::int64_t filter) {
  __m512 sums[Cells][Vectors];
  for (int v = 0; v < Vectors; ++v) {
    const __m512 bias = _mm512_loadu_ps(row.bias + filter + lanes * v);
    for (int c = 0; c < Cells; ++c) sums[c][v] = bias;
  }
  for (const NarrowTap& tap : row.taps) {
    const std::byte* in = tap.row + cell * row.cell_bytes;
    const std::byte* weights = tap.weights + filter * 4;
    for (std::int64_t step = 0; step < row.steps; ++step) {
      __m512bh w[Vectors];
      for (int v = 0; v < Vectors; ++v) {
        w[v] = reinterpret_cast<__m512bh>(_mm512_load_si512(weights + 64 * v));
      }
      for (int c = 0; c < Cells; ++c) {
        int pair;
        std::memcpy(&pair, in + c * row.cell_bytes, sizeof pair);
        const __m512bh x = reinterpret_cast<__m512bh>(_mm512_set1_epi32(pair));
        for (int v = 0; v < Vectors; ++v) sums[c][v] = _mm512_dpbf16_ps(sums[c][v], x, w[v]);
      }
      in += sizeof(std::int32_t);
      weights += row.filters * 4;
    }
  }
  const __m512 slope = _mm512_set1_ps(row.slope);
  for (int v = 0; v < Vectors; ++v) {
    const __m512 scale = _mm512_loadu_ps(row.scale + filter + lanes * v);
    const __m512 shift = _mm512_loadu_ps(row.shift + filter + lanes * v);
    for (int c = 0; c < Cells; ++c) {
      const __mmask16 above = _mm512_cmp_ps_mask(sums[c][v], _mm512_setzero_ps(), _CMP_GT_OQ);
      const __m512 bent = _mm512_mask_mov_ps(_mm512_mul_ps(slope, sums[c][v]), above, sums[c][v]);
      _mm512_store_ps(row.out + (cell + c) * row.filters + filter + lanes * v,
                      _mm512_fmadd_ps(bent, scale, shift));
    }
  }
}

template <int Vectors>
SHOWERGAN_BF16_TARGET void run_vectors(const NarrowRow& row, std::int64_t filter) {
  std::int64_t cell = 0;
  for (; cell + 5 <= row.cells; cell += 5) run_block<5, Vectors>(row, cell, filter);
  switch (row.cells - cell) {
    case 4:
      return run_block<4, Vectors>(row, cell, filter);
    case 3:
      return run_block<3, Vectors>(row, cell, filter);
    case 2:
      return run_block<2, Vectors>(row, cell, filter);
    case 1:
      return run_block<1, Vectors>(row, cell, filter);
    default:
      return;
  }
}

}  // namespace

/// The filters in equal groups of at most five vectors.
void run_bf16_row(const NarrowRow& row) {
  constexpr std::int64_t most = 5;
  const std::int64_t vectors = row.filters / lanes;
  const std::int64_t groups = (vectors + most - 1) / most;
  const std::int64_t group = (vectors + groups - 1) / groups;
  for (std::int64_t v = 0; v < vectors; v += group) {
    switch (std::min(group, vectors - v)) {
      case 5:
        run_vectors<5>(row, v * lanes);
        break;
      case 4:
        run_vectors<4>(row, v * lanes);
        break;
      case 3:
        run_vectors<3>(row, v * lanes);
        break;
      case 2:
        run_vectors<2>(row, v * lanes);
        break;
      default:
        run_vectors<1>(row, v * lanes);
    }
  }
}

}  // namespace showergan::nn::kernel

#else

namespace showergan::nn::kernel {

void run_bf16_row(const NarrowRow&) {
  SHOWERGAN_EXPECT(false && "a processor with bf16 instructions");
}

}  // namespace showergan::nn::kernel

#endif
