#include "nn/graph/conv3d.hpp"

#include "nn/reference/channels.hpp"
#include "nn/reference/correlation.hpp"
#include "nn/reference/epilogue.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Places of the parameters.
enum { kernel, bias };

/// The linear part.
Correlation correlation(const Conv3d& conv, std::int64_t batch, const Shape& input,
                        const Shape& output) {
  return {batch, input, output, conv.kernel, conv.stride, conv.padding.before};
}

/// The result before the epilogue.
void linear(const Conv3d& conv, std::int64_t batch, const Tensor& input, ParameterValues parameters,
            const Shape& output_shape, std::span<double> output) {
  const Correlation map = correlation(conv, batch, input.shape, output_shape);
  correlate(map, input.values, parameters[kernel], output);
  if (conv.bias) add_bias(Channels(output_shape), parameters[bias], output);
}

/// The gradient of the result before the epilogue.
std::vector<double> linear_gradient(const Conv3d& conv, const BackwardCall& call) {
  std::vector<double> before(call.output_gradient.size(), 0.0);
  linear(conv, call.batch, call.inputs[0], call.parameters, call.output.shape, before);
  return epilogue_backward(conv.epilogue, call.output.shape, call.parameters, before,
                           call.output_gradient, call.parameter_gradients);
}

}  // namespace

void forward(const Conv3d& conv, const ForwardCall& call) {
  const std::vector<std::span<const double>> parameters(call.parameters.begin(),
                                                        call.parameters.end());
  linear(conv, call.batch, call.inputs[0], parameters, call.output_shape, call.output);
  apply_epilogue(conv.epilogue, call.output_shape, parameters, call.output);
}

void backward(const Conv3d& conv, const BackwardCall& call) {
  const Tensor& input = call.inputs[0];
  const Correlation map = correlation(conv, call.batch, input.shape, call.output.shape);
  const std::vector<double> gradient = linear_gradient(conv, call);
  if (conv.bias) {
    add_bias_gradient(Channels(call.output.shape), gradient, call.parameter_gradients[bias]);
  }
  correlate_kernel_gradient(map, input.values, gradient, call.parameter_gradients[kernel]);
  correlate_transposed(map, gradient, call.parameters[kernel], call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
