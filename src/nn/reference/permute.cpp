#include "nn/graph/permute.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Where each element of the output comes from.
IndexMap source(const Permute& permute, const Shape& from, const Shape& to) {
  const std::vector<std::int64_t> stride = strides(from);
  return index_map(to, [&](std::span<const std::int64_t> index) {
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < index.size(); ++i) {
      offset += index[i] * stride[static_cast<std::size_t>(permute.axes[i])];
    }
    return offset;
  });
}

}  // namespace

void forward(const Permute& permute, const ForwardCall& call) {
  gather(call.batch, source(permute, call.inputs[0].shape, call.output_shape), 1,
         call.inputs[0].values, call.output);
}

void backward(const Permute& permute, const BackwardCall& call) {
  scatter(call.batch, source(permute, call.inputs[0].shape, call.output.shape), 1,
          call.output_gradient, call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
