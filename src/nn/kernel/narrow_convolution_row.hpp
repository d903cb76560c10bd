#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "showergan/precision.hpp"

namespace showergan::nn::kernel {

/// A tap along x and y: the row of the image under it, from the first tap along z of the first cell
/// on, and its weights (steps, filters).
struct NarrowTap {
  const std::byte* row;
  const std::byte* weights;
};

/// A row of results of a NarrowConvolution. What is a step is one number in float32 and a pair in
/// bf16, four bytes each; filters are padded to whole vectors.
struct NarrowRow {
  std::span<const NarrowTap> taps;
  std::int64_t steps;
  std::int64_t filters;
  std::int64_t cell_bytes;  ///< from one cell of the image to the next
  std::int64_t cells;
  const float* bias;
  const float* scale;
  const float* shift;
  float slope;
  float* out;  ///< (cells, filters)
};

/// In float32 or bf16.
void run_narrow_row(const NarrowRow& row, Precision precision);

/// bf16, in instructions that our Highway does not know. Only where has_instructions(bf16).
void run_bf16_row(const NarrowRow& row);

}  // namespace showergan::nn::kernel
