#pragma once

#include <cstdint>
#include <vector>

#include "nn/graph/shape.hpp"

namespace showergan::nn::kernel {

/// Where the elements of a tensor lie inside a plan: extents and strides (in elements) of the
/// logical axes, the batch first.
///
/// An image (channels, x, y, z) is stored with the channels innermost, [batch][x][y][z][channel]:
/// oneDNN's convolutions are at least as fast there as in any blocked layout for the channel counts
/// of shower networks, and everything else (up-sampling, padding, statistics) is simplest there.
/// Every other tensor is stored row by row. A constant has no batch: its batch stride is 0.
struct Layout {
  std::vector<std::int64_t> extents;
  std::vector<std::int64_t> strides;

  /// The strides without the batch.
  std::vector<std::int64_t> sample_strides() const { return {strides.begin() + 1, strides.end()}; }
};

/// Layout of a tensor inside a plan.
Layout physical_layout(const Shape& shape, std::int64_t batch, bool constant = false);

/// Layout of the same tensor outside: (batch, shape), row by row.
Layout row_major_layout(const Shape& shape, std::int64_t batch);

/// Whether both shapes have the same number of elements in the same physical order, so that a
/// reshape between them moves nothing.
bool same_physical_order(const Shape& a, const Shape& b);

/// Whether physical and row-major order are the same.
bool is_row_major(const Shape& shape);

}  // namespace showergan::nn::kernel
