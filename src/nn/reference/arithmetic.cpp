#include "nn/graph/arithmetic.hpp"

#include "nn/reference/index_map.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

double evaluate(BinaryFunction function, double a, double b) {
  switch (function) {
    case BinaryFunction::add:
      return a + b;
    case BinaryFunction::subtract:
      return a - b;
    case BinaryFunction::multiply:
      return a * b;
    case BinaryFunction::divide:
      return a / b;
  }
  return 0;
}

struct Partials {
  double a;
  double b;
};

Partials partials(BinaryFunction function, double a, double b) {
  switch (function) {
    case BinaryFunction::add:
      return {1, 1};
    case BinaryFunction::subtract:
      return {1, -1};
    case BinaryFunction::multiply:
      return {b, a};
    case BinaryFunction::divide:
      return {1 / b, -a / (b * b)};
  }
  return {0, 0};
}

/// Calls use(i, ia, ib) for every element i of the output, with the places of its operands.
template <class Use>
void for_each_pair(std::int64_t batch, const Tensor& a, const Tensor& b, const Shape& to,
                   Use&& use) {
  const IndexMap map_a = broadcast_map(a.shape, to);
  const IndexMap map_b = broadcast_map(b.shape, to);
  const std::int64_t size_a = element_count(a.shape);
  const std::int64_t size_b = element_count(b.shape);
  std::size_t i = 0;
  for (std::int64_t sample = 0; sample < batch; ++sample) {
    for (std::size_t j = 0; j < map_a.size(); ++j, ++i) {
      use(i, static_cast<std::size_t>(sample * size_a + map_a[j]),
          static_cast<std::size_t>(sample * size_b + map_b[j]));
    }
  }
}

}  // namespace

void forward(const Arithmetic& arithmetic, const ForwardCall& call) {
  const Tensor& a = call.inputs[0];
  const Tensor& b = call.inputs[1];
  for_each_pair(call.batch, a, b, call.output_shape,
                [&](std::size_t i, std::size_t ia, std::size_t ib) {
                  call.output[i] = evaluate(arithmetic.function, a.values[ia], b.values[ib]);
                });
}

void backward(const Arithmetic& arithmetic, const BackwardCall& call) {
  const Tensor& a = call.inputs[0];
  const Tensor& b = call.inputs[1];
  for_each_pair(call.batch, a, b, call.output.shape,
                [&](std::size_t i, std::size_t ia, std::size_t ib) {
                  const Partials slope = partials(arithmetic.function, a.values[ia], b.values[ib]);
                  call.input_gradients[0][ia] += call.output_gradient[i] * slope.a;
                  call.input_gradients[1][ib] += call.output_gradient[i] * slope.b;
                });
}

}  // namespace showergan::nn::reference
