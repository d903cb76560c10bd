#include "nn/graph/dropout.hpp"

#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// What each element is multiplied with, (batch, shape) in row-major order.
std::vector<double> factors(const Dropout& dropout, const Options& options, std::int64_t batch,
                            const Shape& shape) {
  const auto size = static_cast<std::size_t>(element_count(shape));
  const std::size_t channels = shape.size() == 4 ? static_cast<std::size_t>(shape[0]) : 1;
  const std::size_t cells = size / channels;
  std::vector<float> drawn(size);  // cell by cell, channels innermost
  std::vector<double> result;
  result.reserve(static_cast<std::size_t>(batch) * size);
  for (std::int64_t sample = 0; sample < batch; ++sample) {
    dropout_factors(dropout, options.dropout.seed, options.dropout.index(sample), drawn);
    for (std::size_t channel = 0; channel < channels; ++channel) {
      for (std::size_t cell = 0; cell < cells; ++cell) {
        result.push_back(static_cast<double>(drawn[cell * channels + channel]));
      }
    }
  }
  return result;
}

/// to += factor · from, or to += from in inference.
void apply(const Dropout& dropout, const Options& options, std::int64_t batch, const Shape& shape,
           std::span<const double> from, std::span<double> to) {
  std::vector<double> factor(from.size(), 1.0);
  if (options.training) factor = factors(dropout, options, batch, shape);
  for (std::size_t i = 0; i < from.size(); ++i) to[i] += factor[i] * from[i];
}

}  // namespace

void forward(const Dropout& dropout, const ForwardCall& call) {
  apply(dropout, call.options, call.batch, call.output_shape, call.inputs[0].values, call.output);
}

void backward(const Dropout& dropout, const BackwardCall& call) {
  apply(dropout, call.options, call.batch, call.output.shape, call.output_gradient,
        call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
