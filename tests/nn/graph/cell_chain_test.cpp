#include "nn/graph/cell_chain.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

/// To 6 channels, a residual block, and to 2 with something added.
CellChain chain() {
  CellChain chain;
  for (const std::int64_t filters : {6, 6, 2}) {
    chain.stages.emplace_back().convolution.filters = filters;
  }
  chain.stages[1].residual = true;
  chain.stages[1].convolution.addition.emplace();
  chain.stages[2].convolution.addition.emplace();
  chain.stages[2].convolution.bias = false;
  return chain;
}

const std::vector<Shape> inputs = {{3, 2, 3, 4}, {2, 2, 3, 4}};

TEST(CellChain, HasTheShapeOfItsLastConvolution) {
  EXPECT_EQ(shape_of(chain(), inputs), (Shape{2, 2, 3, 4}));
  EXPECT_EQ(multiply_adds(chain(), inputs, {2, 2, 3, 4}), 24 * (3 * 6 + 6 * 6 + 6 * 2));
}

TEST(CellChain, HasTheParametersOfAll) {
  std::string roles;
  for (const ParameterSpec& spec : parameters(chain(), inputs)) roles += spec.role + " ";
  EXPECT_EQ(roles, "kernel1 bias1 kernel2 bias2 kernel3 ");
}

TEST(CellChain, RefusesWhatDoesNotFit) {
  EXPECT_EQ(error_of(CellChain{}, inputs),
            "a chain of convolutions needs an image and a convolution");
  EXPECT_EQ(error_of(chain(), {inputs[0]}), "a chain of convolutions lacks an image that it adds");
  EXPECT_EQ(error_of(chain(), {inputs[0], inputs[0]}),
            "conv3d adds an image of the shape of its result, and does not up-sample then");
  EXPECT_EQ(error_of(chain(), {inputs[0], inputs[1], inputs[1]}),
            "cell_chain takes 2 inputs, not 3");
  CellChain wide = chain();
  wide.stages[0].convolution.kernel = {1, 1, 3};
  EXPECT_EQ(error_of(wide, inputs), "a chain is of convolutions that see one cell each");
}

}  // namespace
}  // namespace showergan::nn
