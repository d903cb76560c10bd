#include "nn/graph/batch_normalization.hpp"

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

void append_normalization_parameters(std::vector<ParameterSpec>& specs, std::int64_t channels) {
  specs.push_back({"gamma", {channels}, Initializer::ones, 1, 1, true});
  specs.push_back({"beta", {channels}, Initializer::zeros, 1, 1, true});
  specs.push_back({"moving_mean", {channels}, Initializer::zeros, 1, 1, false});
  specs.push_back({"moving_variance", {channels}, Initializer::ones, 1, 1, false});
}

Shape infer_shape(const BatchNormalization&, std::span<const Shape> inputs) {
  expect_inputs(BatchNormalization::type, inputs, 1);
  if (inputs[0].empty()) throw ShapeError("batch_normalization needs a channel axis");
  return inputs[0];
}

std::vector<ParameterSpec> parameters(const BatchNormalization&, std::span<const Shape> inputs) {
  std::vector<ParameterSpec> specs;
  append_normalization_parameters(specs, inputs[0][0]);
  return specs;
}

}  // namespace showergan::nn
