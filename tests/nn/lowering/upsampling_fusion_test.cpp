#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

Conv3d fused_convolution(const std::string& case_name) {
  return operation<Conv3d>(lower(stack(case_name), Purpose::train), "conv");
}

/// x → up-sampling → this convolution.
Graph upsampled(Triple factor, const Conv3d& conv) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{2, 4, 4, 4}});
  const NodeId up = graph.add("up", Upsampling{factor}, {x});
  graph.set_output("y", graph.add("conv", conv, {up}));
  return graph;
}

TEST(FuseUpsampling, GivesItToTheConvolutionWithThePaddingBetweenThem) {
  const Graph lowered = lower(stack("stack_upsampled_second_of_a"), Purpose::train);
  EXPECT_EQ(names(lowered), "x conv");
  const auto& conv = operation<Conv3d>(lowered, "conv");
  EXPECT_EQ(conv.upsampling, (Triple{2, 2, 2}));
  EXPECT_EQ(conv.padding, (Padding{{2, 2, 0}, {2, 2, 0}}));
  EXPECT_EQ(conv.epilogue.activation, (Activation{Function::leaky_relu, 0.3}));
}

TEST(FuseUpsampling, NeedsFewerMultiplyAdds) {
  for (const char* name : {"second_of_a", "third_of_a", "first_of_c", "kernel_below_factor",
                           "padding_no_multiple", "padding_beyond_kernel", "no_bias_tanh"}) {
    const Graph& graph = stack(std::string("stack_upsampled_") + name);
    EXPECT_LT(lower(graph, Purpose::infer).multiply_adds(), graph.multiply_adds()) << name;
  }
  // Figures of the published generator's layers 2 and 3.
  Graph second;
  NodeId x = second.add("x", Input{{64, 7, 7, 8}});
  x = second.add("up", Upsampling{{2, 2, 2}}, {x});
  x = second.add("conv", Conv3d{6, {6, 5, 8}, {1, 1, 1}, {{2, 2, 0}, {2, 2, 0}}}, {x});
  EXPECT_EQ(second.multiply_adds(), 13 * 14 * 9 * 6 * 64 * 240);
  EXPECT_EQ(fuse_upsampling(second).multiply_adds(), 7 * 7 * 5 * 48 * 64 * 4 * 3 * 5);
}

TEST(FuseUpsampling, NormalizationFollowsInInference) {
  const Graph lowered = lower(stack("stack_upsampled_twice"), Purpose::infer);
  EXPECT_EQ(names(lowered), "x conv1 conv2");
  EXPECT_TRUE(operation<Conv3d>(lowered, "conv1").epilogue.normalize);
  EXPECT_EQ(names(lower(stack("stack_upsampled_twice"), Purpose::train)),
            "x conv1 norm1 conv2 norm2");
}

TEST(FuseUpsampling, KeepsTheUpsamplingForOthers) {
  const Graph lowered = lower(stack("stack_upsampled_with_other_uses"), Purpose::train);
  EXPECT_EQ(names(lowered), "x up a b sum pool");
  EXPECT_TRUE(operation<Conv3d>(lowered, "a").upsamples());
  EXPECT_TRUE(operation<Conv3d>(lowered, "b").upsamples());
}

TEST(FuseUpsampling, KeepsParametersAndTheirPlaces) {
  const Graph& graph = stack("stack_upsampled_twice");
  const Graph lowered = lower(graph, Purpose::train);
  for (const char* name : {"conv1", "conv2"}) {
    EXPECT_EQ(lowered.node(lowered.find(name).value()).parameters,
              graph.node(graph.find(name).value()).parameters);
  }
  ASSERT_EQ(lowered.parameters().size(), graph.parameters().size());
  for (std::size_t i = 0; i < graph.parameters().size(); ++i) {
    EXPECT_EQ(lowered.parameters()[i].offset, graph.parameters()[i].offset);
    EXPECT_EQ(lowered.parameters()[i].shape, graph.parameters()[i].shape);
  }
}

TEST(FuseUpsampling, LeavesWhatWouldNotGain) {
  // A kernel of one cell, and one of two (with three phases, one of them needs both cells).
  for (const Conv3d& conv : {Conv3d{3, {1, 1, 1}}, Conv3d{3, {2, 1, 2}}}) {
    EXPECT_EQ(names(fuse_upsampling(upsampled({3, 3, 3}, conv))), "x up conv");
  }
}

TEST(FuseUpsampling, LeavesConvolutionsWithStride) {
  const Conv3d conv{3, {4, 4, 4}, {2, 1, 1}};
  EXPECT_FALSE(operation<Conv3d>(fuse_upsampling(upsampled({2, 2, 2}, conv)), "conv").upsamples());
}

TEST(FuseUpsampling, PaddingBeforeTheUpsamplingStays) {
  Graph graph;
  NodeId x = graph.add("x", Input{{2, 3, 3, 3}});
  x = graph.add("pad", ZeroPadding{{{1, 1, 1}, {1, 1, 1}}}, {x});
  x = graph.add("up", Upsampling{{2, 2, 2}}, {x});
  graph.set_output("y", graph.add("conv", Conv3d{3, {3, 3, 3}}, {x}));
  const Graph once = lower(graph, Purpose::infer);
  EXPECT_EQ(names(once), "x pad conv");
  EXPECT_EQ(names(lower(once, Purpose::infer)), "x pad conv");
  EXPECT_TRUE(operation<Conv3d>(once, "conv").padding.empty());
}

TEST(FuseUpsampling, TakesThePaddingThatComesAfterIt) {
  EXPECT_EQ(fused_convolution("stack_upsampled_padding_no_multiple").padding,
            (Padding{{2, 2, 8}, {4, 2, 6}}));  // {1, 1, 7}, {2, 0, 4} and those of "same"
}

}  // namespace
}  // namespace showergan::nn
