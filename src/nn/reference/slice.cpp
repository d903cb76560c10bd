#include "nn/graph/slice.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Where each element of the output comes from.
IndexMap source(const Slice& slice, const Shape& from, const Shape& to) {
  const std::vector<std::int64_t> stride = strides(from);
  return index_map(to, [&](std::span<const std::int64_t> index) {
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < index.size(); ++i) {
      const bool cut = static_cast<std::int64_t>(i) == slice.axis;
      offset += stride[i] * (cut ? slice.start + index[i] * slice.step : index[i]);
    }
    return offset;
  });
}

}  // namespace

void forward(const Slice& slice, const ForwardCall& call) {
  gather(call.batch, source(slice, call.inputs[0].shape, call.output_shape), 1,
         call.inputs[0].values, call.output);
}

void backward(const Slice& slice, const BackwardCall& call) {
  scatter(call.batch, source(slice, call.inputs[0].shape, call.output.shape), 1,
          call.output_gradient, call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
