#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(FuseActivations, MovesThemIntoTheEpilogue) {
  const Graph fused = fuse_activations(stack("stack_conv_leaky"), Purpose::train);
  EXPECT_EQ(names(fused), "x conv");
  EXPECT_EQ(operation<Conv3d>(fused, "conv").epilogue.activation,
            (Activation{Function::leaky_relu, 0.3}));
  EXPECT_EQ(fused.outputs()[0].name, "y");
  EXPECT_EQ(fused.node(fused.outputs()[0].node).name, "conv");
}

TEST(FuseActivations, KnowsEveryProducer) {
  const Graph fused = fuse_activations(stack("stack_producers"), Purpose::infer);
  EXPECT_EQ(names(fused), "x dense dense_norm image up up_norm conv conv_norm conv_sigmoid");
  EXPECT_EQ(operation<Dense>(fused, "dense").epilogue.activation, Activation{Function::relu});
  EXPECT_EQ(operation<Conv3dTranspose>(fused, "up").epilogue.activation,
            Activation{Function::tanh});
}

TEST(FuseActivations, LeavesAResultThatIsUsedTwice) {
  const Graph& graph = stack("stack_conv_leaky_two_uses");
  EXPECT_EQ(names(fuse_activations(graph, Purpose::infer)), names(graph));
}

TEST(FuseActivations, InTrainingNeedsADerivativeFromTheOutput) {
  const Graph& graph = stack("stack_conv_clip");
  EXPECT_EQ(names(fuse_activations(graph, Purpose::train)), "x conv activation");
  EXPECT_EQ(names(fuse_activations(graph, Purpose::infer)), "x conv");
  EXPECT_EQ(names(fuse_activations(stack("stack_conv_softplus"), Purpose::train)), "x conv");
}

TEST(FuseActivations, TakesOneOnly) {
  Graph graph;
  NodeId x = graph.add("x", Input{{3}});
  x = graph.add("dense", Dense{2}, {x});
  x = graph.add("relu", Activation{Function::relu}, {x});
  graph.set_output("y", graph.add("tanh", Activation{Function::tanh}, {x}));
  const Graph fused = fuse_activations(graph, Purpose::infer);
  EXPECT_EQ(names(fused), "x dense tanh");
  EXPECT_EQ(operation<Dense>(fused, "dense").epilogue.activation, Activation{Function::relu});
}

TEST(FuseActivations, ComesTooLateAfterANormalization) {
  const Graph folded = fold_normalization(stack("stack_producers"));
  ASSERT_TRUE(operation<Conv3d>(folded, "conv").epilogue.normalize);
  const Graph fused = fuse_activations(folded, Purpose::infer);
  EXPECT_TRUE(fused.find("conv_sigmoid").has_value());
  EXPECT_TRUE(operation<Conv3d>(fused, "conv").epilogue.activation.is_linear());
}

TEST(FuseActivations, LeavesOtherOperatorsAlone) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{3}});
  graph.set_output("y", graph.add("relu", Activation{Function::relu}, {x}));
  EXPECT_EQ(names(fuse_activations(graph, Purpose::infer)), "x relu");
}

}  // namespace
}  // namespace showergan::nn
