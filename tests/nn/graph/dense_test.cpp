#include "nn/graph/dense.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Dense, MakesAVectorOfItsUnits) {
  EXPECT_EQ(shape_of(Dense{3136}, {{200}}), Shape{3136});
}

TEST(Dense, HasAKernelAndPerhapsABias) {
  const std::vector<Shape> inputs{{200}};
  Dense dense{3136};
  auto specs = parameters(dense, inputs);
  ASSERT_EQ(specs.size(), 2u);
  EXPECT_EQ(specs[0].shape, (Shape{3136, 200}));
  EXPECT_EQ(specs[0].fan_in, 200);
  EXPECT_EQ(specs[0].fan_out, 3136);
  EXPECT_EQ(specs[1].shape, Shape{3136});
  EXPECT_EQ(multiply_adds(dense, inputs, {3136}), 200 * 3136);
  dense.bias = false;
  dense.epilogue.normalize = true;
  EXPECT_EQ(parameters(dense, inputs).size(), 5u);
}

TEST(Dense, NamesWhatDoesNotFit) {
  EXPECT_EQ(error_of(Dense{3}, {{8, 7, 7, 8}}),
            "dense needs a vector, not 8 channels of 7×7×8; put a flatten before it");
  EXPECT_EQ(error_of(Dense{0}, {{5}}), "dense leaves nothing of 5: it would be 0");
  EXPECT_EQ(error_of(Dense{3}, {}), "dense takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
