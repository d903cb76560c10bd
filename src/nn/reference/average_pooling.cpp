#include "nn/graph/average_pooling.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Which block each cell of the input belongs to; −1 for the rest at the end of an axis.
IndexMap target(const AveragePooling& pooling, const Shape& from, const Shape& to) {
  const std::vector<std::int64_t> stride = strides(to);
  return index_map(from, [&](std::span<const std::int64_t> index) {
    std::int64_t offset = index[0] * stride[0];
    for (std::size_t i = 0; i < 3; ++i) {
      const std::int64_t block = index[i + 1] / pooling.block[i];
      if (block >= to[i + 1]) return std::int64_t{-1};
      offset += block * stride[i + 1];
    }
    return offset;
  });
}

double scale(const AveragePooling& pooling) {
  return 1.0 / static_cast<double>(pooling.block[0] * pooling.block[1] * pooling.block[2]);
}

}  // namespace

void forward(const AveragePooling& pooling, const ForwardCall& call) {
  const Shape& from = call.inputs[0].shape;
  scatter(call.batch, target(pooling, from, call.output_shape), scale(pooling),
          call.inputs[0].values, call.output);
}

void backward(const AveragePooling& pooling, const BackwardCall& call) {
  const Shape& from = call.inputs[0].shape;
  gather(call.batch, target(pooling, from, call.output.shape), scale(pooling), call.output_gradient,
         call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
