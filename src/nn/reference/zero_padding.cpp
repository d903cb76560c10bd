#include "nn/graph/zero_padding.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Where each cell of the output comes from; the new cells come from nowhere.
IndexMap source(const ZeroPadding& zero_padding, const Shape& from, const Shape& to) {
  const std::vector<std::int64_t> stride = strides(from);
  return index_map(to, [&](std::span<const std::int64_t> index) {
    std::int64_t offset = index[0] * stride[0];
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int64_t cell = index[i + 1] - zero_padding.padding.before[i];
      if (cell < 0 || cell >= from[i + 1]) return std::int64_t{-1};
      offset += cell * stride[i + 1];
    }
    return offset;
  });
}

}  // namespace

void forward(const ZeroPadding& zero_padding, const ForwardCall& call) {
  gather(call.batch, source(zero_padding, call.inputs[0].shape, call.output_shape), 1,
         call.inputs[0].values, call.output);
}

void backward(const ZeroPadding& zero_padding, const BackwardCall& call) {
  scatter(call.batch, source(zero_padding, call.inputs[0].shape, call.output.shape), 1,
          call.output_gradient, call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
