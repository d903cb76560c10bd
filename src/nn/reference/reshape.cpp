#include "nn/graph/reshape.hpp"

#include <algorithm>

#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {

void forward(const Reshape&, const ForwardCall& call) {
  const std::span<const double> from = call.inputs[0].values;
  std::copy(from.begin(), from.end(), call.output.begin());
}

void backward(const Reshape&, const BackwardCall& call) {
  for (std::size_t i = 0; i < call.output_gradient.size(); ++i) {
    call.input_gradients[0][i] += call.output_gradient[i];
  }
}

}  // namespace showergan::nn::reference
