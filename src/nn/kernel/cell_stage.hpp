#pragma once

#include <cstdint>

namespace showergan::nn::kernel {

/// Numbers of cells one after the other: those of cell i begin at data[i · step].
struct CellRow {
  const float* data = nullptr;
  std::int64_t step = 0;
};

/// A convolution that sees one cell: of each, the product of its numbers with a matrix. With
/// r(x, s) = x for x > 0 and s · x elsewhere, out = r(r(W in + bias, slope) + added, sum_slope).
struct CellStage {
  std::int64_t channels = 0;       ///< of the image
  std::int64_t width = 0;          ///< filters, a multiple of lanes_multiple
  const float* weights = nullptr;  ///< (channels, width)
  const float* bias = nullptr;     ///< (width)
  float slope = 1;
  bool adds = false;
  float sum_slope = 1;
};

/// The stage for `cells` cells; rows of `added` and `out` have `width` numbers (our own vector
/// code, as vector.hpp).
void run_cell_stage(const CellStage& stage, std::int64_t cells, const CellRow& image,
                    const CellRow& added, float* out, std::int64_t out_step);

}  // namespace showergan::nn::kernel
