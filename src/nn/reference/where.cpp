#include "nn/graph/where.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Calls use(i, input, place) for every element i of the output, where `input` (1 or 2) is the one
/// that the condition chooses.
template <class Use>
void for_each_choice(std::int64_t batch, const std::vector<Tensor>& inputs, const Shape& to,
                     Use&& use) {
  std::vector<IndexMap> maps;
  for (const Tensor& input : inputs) maps.push_back(broadcast_map(input.shape, to));
  const auto place = [&](std::size_t input, std::int64_t sample, std::size_t j) {
    return static_cast<std::size_t>(sample * element_count(inputs[input].shape) + maps[input][j]);
  };
  std::size_t i = 0;
  for (std::int64_t sample = 0; sample < batch; ++sample) {
    for (std::size_t j = 0; j < maps[0].size(); ++j, ++i) {
      const std::size_t chosen = inputs[0].values[place(0, sample, j)] > 0 ? 1 : 2;
      use(i, chosen, place(chosen, sample, j));
    }
  }
}

}  // namespace

void forward(const Where&, const ForwardCall& call) {
  for_each_choice(call.batch, call.inputs, call.output_shape,
                  [&](std::size_t i, std::size_t input, std::size_t place) {
                    call.output[i] = call.inputs[input].values[place];
                  });
}

void backward(const Where&, const BackwardCall& call) {
  for_each_choice(call.batch, call.inputs, call.output.shape,
                  [&](std::size_t i, std::size_t input, std::size_t place) {
                    call.input_gradients[input][place] += call.output_gradient[i];
                  });
}

}  // namespace showergan::nn::reference
