#include "nn/graph/input.hpp"

#include <algorithm>

#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {

void forward(const Input&, const ForwardCall& call) {
  std::copy(call.fed.begin(), call.fed.end(), call.output.begin());
}

/// The gradient of an input stays where it is: the caller reads it there.
void backward(const Input&, const BackwardCall&) {}

}  // namespace showergan::nn::reference
