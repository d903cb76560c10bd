#pragma once

#include "nn/kernel/kernel.hpp"
#include "nn/kernel/layout.hpp"

namespace showergan::nn::kernel {

/// Strides with which input `i` of a broadcasting operator follows the axes of the result; 0 where
/// it is repeated.
inline std::vector<std::int64_t> broadcast_strides(const Request& request, std::size_t i) {
  const Shape& shape = request.input_shape(i);
  const Layout layout = physical_layout(shape, request.batch, request.input_is_constant(i));
  const std::size_t rank = request.node.shape.size();
  std::vector<std::int64_t> strides(rank + 1, 0);
  strides[0] = layout.strides[0];
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (shape[axis] != 1) strides[rank + 1 - shape.size() + axis] = layout.strides[axis + 1];
  }
  return strides;
}

}  // namespace showergan::nn::kernel
