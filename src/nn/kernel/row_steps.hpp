#pragma once

#include <cstddef>
#include <span>

#include "nn/graph/row_program.hpp"

namespace showergan::nn::kernel {

/// Columns that a step does at once: what a program keeps of them fits the processor's cache.
inline constexpr std::size_t row_block = 256;

/// Numbers of one row for the columns of a block, or of a number that is the same for all of them.
struct RowPointer {
  float* data = nullptr;  ///< row_block numbers; for a number, lanes_multiple copies of it
  std::size_t step = 1;   ///< 0: a number
};

/// A step with the places (in a table of RowPointer) of what it reads and writes.
struct PlacedStep {
  RowFunction function = RowFunction::add;
  Activation activation{};
  std::size_t from[3] = {};
  std::size_t to = 0;
};

/// Does the steps for the first `columns` columns of a block, rounded up to whole vectors (our own
/// vector code, as vector.hpp).
void run_row_steps(std::span<const PlacedStep> steps, std::span<const RowPointer> table,
                   std::size_t columns);

}  // namespace showergan::nn::kernel
