#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Joins two or more tensors along one axis; their other extents must agree.
struct Concatenate {
  static constexpr std::string_view type = "concatenate";
  std::int64_t axis = 0;
};

Shape infer_shape(const Concatenate& concatenate, std::span<const Shape> inputs);

}  // namespace showergan::nn
