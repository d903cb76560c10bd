#include "nn/graph/reduction.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Which element of the output each element of the input is added to.
IndexMap target(const Reduction& reduction, const Shape& from) {
  return broadcast_map(reduced_shape(reduction, from), from);
}

double scale(const Reduction& reduction, const Shape& from, const Shape& to) {
  if (reduction.reducer == Reducer::sum) return 1;
  return static_cast<double>(element_count(to)) / static_cast<double>(element_count(from));
}

}  // namespace

void forward(const Reduction& reduction, const ForwardCall& call) {
  const Shape& from = call.inputs[0].shape;
  scatter(call.batch, target(reduction, from), scale(reduction, from, call.output_shape),
          call.inputs[0].values, call.output);
}

void backward(const Reduction& reduction, const BackwardCall& call) {
  const Shape& from = call.inputs[0].shape;
  gather(call.batch, target(reduction, from), scale(reduction, from, call.output.shape),
         call.output_gradient, call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
