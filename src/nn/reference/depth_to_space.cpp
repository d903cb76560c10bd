#include "nn/graph/depth_to_space.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Where each cell of the output comes from.
IndexMap source(const DepthToSpace& shuffle, const Shape& from, const Shape& to) {
  const std::vector<std::int64_t> stride = strides(from);
  return index_map(to, [&](std::span<const std::int64_t> index) {
    std::int64_t phase = 0;
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      phase = phase * shuffle.block[i] + index[i + 1] % shuffle.block[i];
      offset += index[i + 1] / shuffle.block[i] * stride[i + 1];
    }
    return offset + (phase * to[0] + index[0]) * stride[0];
  });
}

}  // namespace

void forward(const DepthToSpace& shuffle, const ForwardCall& call) {
  gather(call.batch, source(shuffle, call.inputs[0].shape, call.output_shape), 1,
         call.inputs[0].values, call.output);
}

void backward(const DepthToSpace& shuffle, const BackwardCall& call) {
  scatter(call.batch, source(shuffle, call.inputs[0].shape, call.output.shape), 1,
          call.output_gradient, call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
