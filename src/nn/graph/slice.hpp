#pragma once

#include <span>
#include <string_view>

#include "nn/graph/parameter.hpp"

namespace showergan::nn {

/// Every step-th element of one axis from start up to, but not including, stop.
struct Slice {
  static constexpr std::string_view type = "slice";
  std::int64_t axis = 0;
  std::int64_t start = 0;
  std::int64_t stop = 1;
  std::int64_t step = 1;
};

Shape infer_shape(const Slice& slice, std::span<const Shape> inputs);

}  // namespace showergan::nn
