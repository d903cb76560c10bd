#include "nn/graph/upsampling.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Where each cell of the output comes from.
IndexMap source(const Upsampling& upsampling, const Shape& from, const Shape& to) {
  const std::vector<std::int64_t> stride = strides(from);
  return index_map(to, [&](std::span<const std::int64_t> index) {
    std::int64_t offset = index[0] * stride[0];
    for (std::size_t i = 0; i < 3; ++i) {
      offset += index[i + 1] / upsampling.factor[i] * stride[i + 1];
    }
    return offset;
  });
}

}  // namespace

void forward(const Upsampling& upsampling, const ForwardCall& call) {
  gather(call.batch, source(upsampling, call.inputs[0].shape, call.output_shape), 1,
         call.inputs[0].values, call.output);
}

void backward(const Upsampling& upsampling, const BackwardCall& call) {
  scatter(call.batch, source(upsampling, call.inputs[0].shape, call.output.shape), 1,
          call.output_gradient, call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
