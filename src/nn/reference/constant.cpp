#include "nn/graph/constant.hpp"

#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {

void forward(const Constant& constant, const ForwardCall& call) {
  for (std::size_t i = 0; i < call.output.size(); ++i) {
    call.output[i] = static_cast<double>(constant.values[i % constant.values.size()]);
  }
}

/// Nothing is trained and nothing comes before.
void backward(const Constant&, const BackwardCall&) {}

}  // namespace showergan::nn::reference
