#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(FuseAdditions, BecomePartOfTheConvolutionBeforeThem) {
  const Graph fused = fuse_additions(
      fold_normalization(fuse_activations(stack("stack_additions"), Purpose::infer)));
  EXPECT_EQ(names(fused), "x wide near block few first one");
  const auto& near = operation<Conv3d>(fused, "near");
  ASSERT_TRUE(near.addition);
  EXPECT_EQ(near.addition->function, (Activation{Function::leaky_relu, 0.3}));
  EXPECT_FALSE(operation<Conv3d>(fused, "wide").addition);
  const auto& block = operation<Conv3d>(fused, "block");
  EXPECT_EQ(block.epilogue.activation, Activation{Function::relu});
  EXPECT_TRUE(block.epilogue.normalize);
  EXPECT_TRUE(block.addition->function.is_linear());
}

TEST(FuseAdditions, LeaveSumsThatNeedMore) {
  const Graph& graph = stack("stack_sums_that_stay");
  EXPECT_EQ(names(fuse_additions(graph)), names(graph));
}

TEST(FuseAdditions, LeaveAConvolutionThatUpsamples) {
  const Graph fused = fuse_upsampling(stack("stack_upsampled_with_other_uses"));
  EXPECT_EQ(names(fuse_additions(fused)), "x up a b sum pool");
}

}  // namespace
}  // namespace showergan::nn
