#include "nn/graph/cell_chain.hpp"

#include <string>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {
namespace {

/// Calls visit(stage, inputs of its convolution, shape of its result) for each.
template <class Visit>
Shape walk(const CellChain& chain, std::span<const Shape> inputs, const Visit& visit) {
  if (chain.stages.empty() || inputs.empty()) {
    throw ShapeError("a chain of convolutions needs an image and a convolution");
  }
  Shape image = inputs[0];
  std::size_t next = 1;
  for (const CellChain::Stage& stage : chain.stages) {
    const Conv3d& conv = stage.convolution;
    if (conv.kernel != Triple{1, 1, 1} || conv.stride != Triple{1, 1, 1} || conv.upsamples() ||
        !conv.padding.empty()) {
      throw ShapeError("a chain is of convolutions that see one cell each");
    }
    std::vector<Shape> of_stage{image};
    if (conv.addition) {
      if (!stage.residual && next == inputs.size()) {
        throw ShapeError("a chain of convolutions lacks an image that it adds");
      }
      of_stage.push_back(stage.residual ? image : inputs[next++]);
    }
    Shape result = infer_shape(conv, of_stage);
    visit(conv, of_stage, result);
    image = std::move(result);
  }
  expect_inputs(CellChain::type, inputs, next);
  return image;
}

}  // namespace

Shape infer_shape(const CellChain& chain, std::span<const Shape> inputs) {
  return walk(chain, inputs, [](const Conv3d&, const std::vector<Shape>&, const Shape&) {});
}

std::vector<ParameterSpec> parameters(const CellChain& chain, std::span<const Shape> inputs) {
  std::vector<ParameterSpec> all;
  int number = 0;
  walk(chain, inputs, [&](const Conv3d& conv, const std::vector<Shape>& of_stage, const Shape&) {
    ++number;
    for (ParameterSpec& spec : parameters(conv, of_stage)) {
      spec.role += std::to_string(number);
      all.push_back(std::move(spec));
    }
  });
  return all;
}

std::int64_t multiply_adds(const CellChain& chain, std::span<const Shape> inputs, const Shape&) {
  std::int64_t sum = 0;
  walk(chain, inputs,
       [&](const Conv3d& conv, const std::vector<Shape>& of_stage, const Shape& result) {
         sum += multiply_adds(conv, of_stage, result);
       });
  return sum;
}

}  // namespace showergan::nn
