#include "nn/graph/conv3d.hpp"

#include "nn/graph/upsampling.hpp"
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

/// An up-sampling convolution is computed as the two operators that it stands for.
struct Unfused {
  explicit Unfused(const Conv3d& conv) : upsampling{conv.upsampling}, plain(conv) {
    plain.upsampling = {1, 1, 1};
  }

  Shape shape_of(const Shape& input) const {
    return infer_shape(upsampling, std::span<const Shape>(&input, 1));
  }
  std::vector<double> upsampled(std::int64_t batch, const Options& options, const Tensor& input,
                                const Shape& shape) const {
    std::vector<double> values(static_cast<std::size_t>(batch * element_count(shape)), 0.0);
    forward(upsampling, ForwardCall{batch, options, {input}, {}, {}, shape, values});
    return values;
  }

  Upsampling upsampling;
  Conv3d plain;
};

void forward_upsampled(const Conv3d& conv, const ForwardCall& call) {
  const Unfused parts(conv);
  const Shape shape = parts.shape_of(call.inputs[0].shape);
  const std::vector<double> image =
      parts.upsampled(call.batch, call.options, call.inputs[0], shape);
  forward(parts.plain, ForwardCall{call.batch,
                                   call.options,
                                   {{shape, image}},
                                   call.parameters,
                                   {},
                                   call.output_shape,
                                   call.output});
}

void backward_upsampled(const Conv3d& conv, const BackwardCall& call) {
  const Unfused parts(conv);
  const Shape shape = parts.shape_of(call.inputs[0].shape);
  const std::vector<double> image =
      parts.upsampled(call.batch, call.options, call.inputs[0], shape);
  std::vector<double> gradient(image.size(), 0.0);
  backward(parts.plain, BackwardCall{call.batch,
                                     call.options,
                                     {{shape, image}},
                                     call.parameters,
                                     call.output,
                                     call.output_gradient,
                                     {gradient},
                                     call.parameter_gradients});
  backward(parts.upsampling, BackwardCall{call.batch,
                                          call.options,
                                          call.inputs,
                                          {},
                                          {shape, image},
                                          gradient,
                                          call.input_gradients,
                                          {}});
}

/// The convolution without its addition.
Conv3d without_addition(const Conv3d& conv) {
  Conv3d plain = conv;
  plain.addition.reset();
  return plain;
}

void forward_with_addition(const Conv3d& conv, const ForwardCall& call) {
  forward(without_addition(conv), ForwardCall{call.batch,
                                              call.options,
                                              {call.inputs[0]},
                                              call.parameters,
                                              {},
                                              call.output_shape,
                                              call.output});
  for (std::size_t i = 0; i < call.output.size(); ++i) {
    call.output[i] = evaluate(conv.addition->function, call.output[i] + call.inputs[1].values[i]);
  }
}

void backward_with_addition(const Conv3d& conv, const BackwardCall& call) {
  const Conv3d plain = without_addition(conv);
  const Tensor& image = call.inputs[0];
  std::vector<double> result(call.output_gradient.size(), 0.0);
  linear(plain, call.batch, image, call.parameters, call.output.shape, result);
  apply_epilogue(plain.epilogue, call.output.shape, call.parameters, result);
  std::vector<double> gradient(call.output_gradient.begin(), call.output_gradient.end());
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    gradient[i] *= derivative(conv.addition->function, result[i] + call.inputs[1].values[i]);
  }
  if (!call.input_gradients[1].empty()) {
    for (std::size_t i = 0; i < gradient.size(); ++i) call.input_gradients[1][i] += gradient[i];
  }
  backward(plain, BackwardCall{call.batch,
                               call.options,
                               {image},
                               call.parameters,
                               {call.output.shape, result},
                               gradient,
                               {call.input_gradients[0]},
                               call.parameter_gradients});
}

}  // namespace

void forward(const Conv3d& conv, const ForwardCall& call) {
  if (conv.addition) return forward_with_addition(conv, call);
  if (conv.upsamples()) return forward_upsampled(conv, call);
  const std::vector<std::span<const double>> parameters(call.parameters.begin(),
                                                        call.parameters.end());
  linear(conv, call.batch, call.inputs[0], parameters, call.output_shape, call.output);
  apply_epilogue(conv.epilogue, call.output_shape, parameters, call.output);
}

void backward(const Conv3d& conv, const BackwardCall& call) {
  if (conv.addition) return backward_with_addition(conv, call);
  if (conv.upsamples()) return backward_upsampled(conv, call);
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
