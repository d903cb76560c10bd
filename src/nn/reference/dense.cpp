#include "nn/graph/dense.hpp"

#include "base/contract.hpp"
#include "nn/reference/channels.hpp"
#include "nn/reference/epilogue.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Places of the parameters.
enum { kernel, bias };

/// Calls use(x, w, y) for every product of the matrix multiplication, with the places of its
/// operands in the input, the kernel and the output.
template <class Use>
void for_each_product(std::int64_t batch, const Shape& input, const Shape& output, Use&& use) {
  const auto inputs = static_cast<std::size_t>(input[0]);
  const auto units = static_cast<std::size_t>(output[0]);
  for (std::size_t b = 0; b < static_cast<std::size_t>(batch); ++b) {
    for (std::size_t u = 0; u < units; ++u) {
      for (std::size_t i = 0; i < inputs; ++i) use(b * inputs + i, u * inputs + i, b * units + u);
    }
  }
}

/// The result before the epilogue.
void linear(const Dense& dense, std::int64_t batch, const Tensor& input, ParameterValues parameters,
            const Shape& output_shape, std::span<double> output) {
  for_each_product(batch, input.shape, output_shape,
                   [&](std::size_t x, std::size_t w, std::size_t y) {
                     output[y] += input.values[x] * parameters[kernel][w];
                   });
  if (dense.bias) add_bias(Channels(output_shape), parameters[bias], output);
}

/// The gradient of the result before the epilogue.
std::vector<double> linear_gradient(const Dense& dense, const BackwardCall& call) {
  std::vector<double> before(call.output_gradient.size(), 0.0);
  linear(dense, call.batch, call.inputs[0], call.parameters, call.output.shape, before);
  return epilogue_backward(dense.epilogue, call.output.shape, call.parameters, before,
                           call.output_gradient, call.parameter_gradients);
}

/// A composed dense layer is computed as the operators that it stands for.
void forward_composed(const Dense& dense, const ForwardCall& call) {
  const ComposedConvolution& then = *dense.composed;
  Dense plain = dense;
  plain.composed.reset();
  plain.epilogue = {};
  Conv3d convolution = then.convolution;
  convolution.epilogue = dense.epilogue;
  std::vector<double> image(static_cast<std::size_t>(call.batch * dense.units), 0.0);
  const auto behind_own = call.parameters.begin() + (dense.bias ? 2 : 1);
  forward(plain, ForwardCall{call.batch,
                             call.options,
                             call.inputs,
                             {call.parameters.begin(), behind_own},
                             {},
                             {dense.units},
                             image});
  forward(convolution, ForwardCall{call.batch,
                                   call.options,
                                   {{then.image, image}},
                                   {behind_own, call.parameters.end()},
                                   {},
                                   call.output_shape,
                                   call.output});
}

}  // namespace

void forward(const Dense& dense, const ForwardCall& call) {
  if (dense.composed) return forward_composed(dense, call);
  const std::vector<std::span<const double>> parameters(call.parameters.begin(),
                                                        call.parameters.end());
  linear(dense, call.batch, call.inputs[0], parameters, call.output_shape, call.output);
  apply_epilogue(dense.epilogue, call.output_shape, parameters, call.output);
}

void backward(const Dense& dense, const BackwardCall& call) {
  SHOWERGAN_EXPECT(!dense.composed);
  const Tensor& input = call.inputs[0];
  const std::vector<double> gradient = linear_gradient(dense, call);
  if (dense.bias) {
    add_bias_gradient(Channels(call.output.shape), gradient, call.parameter_gradients[bias]);
  }
  for_each_product(call.batch, input.shape, call.output.shape,
                   [&](std::size_t x, std::size_t w, std::size_t y) {
                     call.parameter_gradients[kernel][w] += input.values[x] * gradient[y];
                     call.input_gradients[0][x] += call.parameters[kernel][w] * gradient[y];
                   });
}

}  // namespace showergan::nn::reference
