#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/graph/shape.hpp"

namespace showergan::nn::reference {

/// For each element of one tensor of a sample, in row-major order, the offset of its partner in
/// another; −1 if it has none. Operators that only move numbers differ in nothing but this map.
using IndexMap = std::vector<std::int64_t>;

/// Distance in memory between neighbours along each axis of a row-major tensor.
std::vector<std::int64_t> strides(const Shape& shape);

/// Moves `index` to the next element of `shape` in row-major order; the last axis runs fastest.
void next_index(std::span<std::int64_t> index, const Shape& shape);

/// The map over the elements of `shape` that `partner(index)` gives, where index holds one number
/// per axis.
template <class Partner>
IndexMap index_map(const Shape& shape, Partner&& partner) {
  IndexMap map;
  map.reserve(static_cast<std::size_t>(element_count(shape)));
  std::vector<std::int64_t> index(shape.size(), 0);
  for (std::int64_t i = 0; i < element_count(shape); ++i) {
    map.push_back(partner(std::span<const std::int64_t>(index)));
    next_index(index, shape);
  }
  return map;
}

/// From the elements of `to` to those of `from`, where `from` broadcasts to `to` (see Arithmetic).
IndexMap broadcast_map(const Shape& from, const Shape& to);

/// to[i] += scale · from[map[i]] for each sample; `map` runs over one sample of `to`.
void gather(std::int64_t batch, const IndexMap& map, double scale, std::span<const double> from,
            std::span<double> to);

/// The transposed operation, to[map[i]] += scale · from[i]; `map` runs over one sample of `from`.
void scatter(std::int64_t batch, const IndexMap& map, double scale, std::span<const double> from,
             std::span<double> to);

}  // namespace showergan::nn::reference
