#include "base/contract.hpp"
#include "nn/kernel/row_product_tile.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#define SHOWERGAN_BF16_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))

namespace showergan::nn::kernel {
namespace {

constexpr int panel_vectors = panel_columns / 16;

SHOWERGAN_BF16_TARGET __m512bh as_pairs(__m512i bits) {
  return reinterpret_cast<__m512bh>(bits);
}

template <int Rows>
SHOWERGAN_BF16_TARGET void run_rows(const RowTile& tile) {
  __m512 sums[Rows][panel_vectors];
  for (int v = 0; v < panel_vectors; ++v) {
    const __m512 start = _mm512_loadu_ps(tile.start + 16 * v);
    for (int r = 0; r < Rows; ++r) sums[r][v] = start;
  }
  const std::uint32_t* in = tile.in;
  const std::byte* panel = tile.panel;
  for (std::int64_t step = 0; step < tile.steps; ++step) {
    __m512bh weights[panel_vectors];
    for (int v = 0; v < panel_vectors; ++v) {
      weights[v] = as_pairs(_mm512_load_si512(panel + 64 * v));
    }
    for (int r = 0; r < Rows; ++r) {
      const __m512bh x = as_pairs(_mm512_set1_epi32(static_cast<int>(in[r])));
      for (int v = 0; v < panel_vectors; ++v) {
        sums[r][v] = _mm512_dpbf16_ps(sums[r][v], x, weights[v]);
      }
    }
    in += Rows;
    panel += panel_columns * 4;
  }
  const __m512 slope = _mm512_set1_ps(tile.slope);
  for (int v = 0; v < panel_vectors; ++v) {
    const __m512 scale = _mm512_loadu_ps(tile.scale + 16 * v);
    const __m512 shift = _mm512_loadu_ps(tile.shift + 16 * v);
    for (int r = 0; r < Rows; ++r) {
      const __mmask16 above = _mm512_cmp_ps_mask(sums[r][v], _mm512_setzero_ps(), _CMP_GT_OQ);
      const __m512 bent = _mm512_mask_mov_ps(_mm512_mul_ps(slope, sums[r][v]), above, sums[r][v]);
      _mm512_storeu_ps(tile.out + r * tile.out_stride + 16 * v,
                       _mm512_fmadd_ps(bent, scale, shift));
    }
  }
}

}  // namespace

void run_bf16_tile(const RowTile& tile) {
  switch (tile.rows) {
    case 12:
      return run_rows<12>(tile);
    case 8:
      return run_rows<8>(tile);
    case 4:
      return run_rows<4>(tile);
    case 2:
      return run_rows<2>(tile);
    default:
      SHOWERGAN_EXPECT(tile.rows == 1);
      return run_rows<1>(tile);
  }
}

}  // namespace showergan::nn::kernel

#else

namespace showergan::nn::kernel {

void run_bf16_tile(const RowTile&) {
  SHOWERGAN_EXPECT(false && "a processor with bf16 instructions");
}

}  // namespace showergan::nn::kernel

#endif
