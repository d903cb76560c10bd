#include "nn/graph/activation.hpp"

#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {

void forward(const Activation& activation, const ForwardCall& call) {
  for (std::size_t i = 0; i < call.output.size(); ++i) {
    call.output[i] = evaluate(activation, call.inputs[0].values[i]);
  }
}

void backward(const Activation& activation, const BackwardCall& call) {
  for (std::size_t i = 0; i < call.output_gradient.size(); ++i) {
    call.input_gradients[0][i] +=
        call.output_gradient[i] * derivative(activation, call.inputs[0].values[i]);
  }
}

}  // namespace showergan::nn::reference
