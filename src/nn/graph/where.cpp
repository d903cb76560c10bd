#include "nn/graph/where.hpp"

#include "nn/graph/arithmetic.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Where&, std::span<const Shape> inputs) {
  expect_inputs(Where::type, inputs, 3);
  return broadcast_shape(Where::type, inputs);
}

}  // namespace showergan::nn
