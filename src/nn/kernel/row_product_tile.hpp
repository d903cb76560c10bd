#pragma once

#include <cstddef>
#include <cstdint>

namespace showergan::nn::kernel {

/// Columns of the matrix that are computed together: a panel, stored step by step.
inline constexpr std::int64_t panel_columns = 32;
/// Rows that are computed together at most: 12 × 32 sums fill 24 of AVX-512's 32 registers.
inline constexpr std::int64_t tile_rows = 12;

/// Up to tile_rows rows of one panel. What is a step is one number in float32 and a pair in bf16.
struct RowTile {
  const std::uint32_t* in;  ///< (steps, rows): row by row within a step
  const std::byte* panel;   ///< (steps, panel_columns)
  const float* start;
  const float* scale;
  const float* shift;
  float slope;
  std::int64_t steps;
  std::int64_t rows;  ///< 1 … tile_rows
  float* out;         ///< (rows, panel_columns), rows `out_stride` apart
  std::int64_t out_stride;
};

/// bf16, in instructions that our Highway does not know. Only where has_instructions(bf16).
void run_bf16_tile(const RowTile& tile);

}  // namespace showergan::nn::kernel
