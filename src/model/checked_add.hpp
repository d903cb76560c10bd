#pragma once

#include <string>
#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan {

/// The largest extent of a tensor along one axis, the largest number of a layer's setting (kernel,
/// stride, padding, factor), and the most numbers in one tensor that a file may ask for: far above
/// any calorimeter, low enough that no product of them overflows before it is checked.
inline constexpr std::int64_t largest_extent = std::int64_t{1} << 24;
inline constexpr std::int64_t largest_setting = 4096;
inline constexpr std::int64_t largest_tensor = std::int64_t{1} << 31;

/// Whether a tensor of this shape has only positive extents and at most `largest_tensor` numbers.
bool has_sane_size(const nn::Shape& shape);

/// Graph::add for operators that come from a file. Throws nn::ShapeError, naming the layer, also if
/// the result or a parameter would be absurdly large.
nn::NodeId checked_add(nn::Graph& graph, std::string name, nn::Operation operation,
                       std::vector<nn::NodeId> inputs);

}  // namespace showergan
