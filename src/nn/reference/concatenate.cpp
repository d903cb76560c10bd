#include "nn/graph/concatenate.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Where each element of one input goes in the output; `start` is its first place on the axis.
IndexMap target(const Concatenate& concatenate, const Shape& from, const Shape& to,
                std::int64_t start) {
  const std::vector<std::int64_t> stride = strides(to);
  const std::int64_t shift = start * stride[static_cast<std::size_t>(concatenate.axis)];
  return index_map(from, [&](std::span<const std::int64_t> index) {
    std::int64_t offset = shift;
    for (std::size_t i = 0; i < index.size(); ++i) offset += index[i] * stride[i];
    return offset;
  });
}

/// Calls use(input, map) for every input, with the map from its elements to the output's.
template <class Use>
void for_each_part(const Concatenate& concatenate, const std::vector<Tensor>& inputs,
                   const Shape& to, Use&& use) {
  std::int64_t start = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    use(i, target(concatenate, inputs[i].shape, to, start));
    start += inputs[i].shape[static_cast<std::size_t>(concatenate.axis)];
  }
}

}  // namespace

void forward(const Concatenate& concatenate, const ForwardCall& call) {
  for_each_part(concatenate, call.inputs, call.output_shape,
                [&](std::size_t input, const IndexMap& map) {
                  scatter(call.batch, map, 1, call.inputs[input].values, call.output);
                });
}

void backward(const Concatenate& concatenate, const BackwardCall& call) {
  for_each_part(concatenate, call.inputs, call.output.shape,
                [&](std::size_t input, const IndexMap& map) {
                  gather(call.batch, map, 1, call.output_gradient, call.input_gradients[input]);
                });
}

}  // namespace showergan::nn::reference
