#include "nn/graph/softmax.hpp"

#include <algorithm>
#include <cmath>

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Calls use(first, stride, count) for each line of elements along the softmax's axis.
template <class Use>
void for_each_line(const Softmax& softmax, std::int64_t batch, const Shape& shape, Use&& use) {
  const auto axis = static_cast<std::size_t>(softmax.axis);
  const auto count = static_cast<std::size_t>(shape[axis]);
  const auto stride = static_cast<std::size_t>(strides(shape)[axis]);
  const auto total = static_cast<std::size_t>(batch * element_count(shape));
  for (std::size_t block = 0; block < total; block += count * stride) {
    for (std::size_t i = 0; i < stride; ++i) use(block + i, stride, count);
  }
}

}  // namespace

void forward(const Softmax& softmax, const ForwardCall& call) {
  const std::span<const double> x = call.inputs[0].values;
  const std::span<double> y = call.output;
  for_each_line(softmax, call.batch, call.output_shape,
                [&](std::size_t first, std::size_t stride, std::size_t count) {
                  double largest = x[first];
                  for (std::size_t i = 0; i < count; ++i) {
                    largest = std::max(largest, x[first + i * stride]);
                  }
                  double sum = 0;
                  for (std::size_t i = 0; i < count; ++i) {
                    y[first + i * stride] = std::exp(x[first + i * stride] - largest);
                    sum += y[first + i * stride];
                  }
                  for (std::size_t i = 0; i < count; ++i) y[first + i * stride] /= sum;
                });
}

/// dx = y (dy − Σ y dy).
void backward(const Softmax& softmax, const BackwardCall& call) {
  const std::span<const double> y = call.output.values;
  const std::span<const double> dy = call.output_gradient;
  const std::span<double> dx = call.input_gradients[0];
  for_each_line(softmax, call.batch, call.output.shape,
                [&](std::size_t first, std::size_t stride, std::size_t count) {
                  double mean = 0;
                  for (std::size_t i = first; i < first + count * stride; i += stride) {
                    mean += y[i] * dy[i];
                  }
                  for (std::size_t i = first; i < first + count * stride; i += stride) {
                    dx[i] += y[i] * (dy[i] - mean);
                  }
                });
}

}  // namespace showergan::nn::reference
