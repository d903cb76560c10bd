#include "nn/lowering/pass.hpp"

#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(Lower, ChangesNoNumberInInference) {
  for (const Case& c : all_cases()) {
    expect_same(c, lower(c.graph, Purpose::infer), Purpose::infer);
  }
}

TEST(Lower, ChangesNoNumberInTraining) {
  for (const Case& c : all_cases()) {
    expect_same(c, lower(c.graph, Purpose::train), Purpose::train);
  }
}

TEST(Lower, EachPassAloneChangesNoNumber) {
  for (const Case& c : all_cases()) {
    for (const Purpose purpose : {Purpose::infer, Purpose::train}) {
      expect_same(c, remove_identities(c.graph, purpose), purpose);
      expect_same(c, fold_constants(c.graph), purpose);
      expect_same(c, fold_zero_padding(c.graph), purpose);
      expect_same(c, fuse_upsampling(c.graph), purpose);
      expect_same(c, fuse_activations(c.graph, purpose), purpose);
      expect_same(c, remove_dead_nodes(c.graph), purpose);
    }
    expect_same(c, fold_normalization(c.graph), Purpose::infer);
    expect_same(c, fuse_additions(c.graph), Purpose::infer);
    expect_same(c, fuse_cell_chains(c.graph), Purpose::infer);
    expect_same(c, fuse_rows(c.graph), Purpose::infer);
  }
}

TEST(Lower, LeavesTheGeneratorWithConvolutionsOnly) {
  const Graph lowered = lower(stack("stack_generator"), Purpose::infer);
  EXPECT_EQ(names(lowered), "noise dense image conv1 conv2 conv3 conv4 cells");
  EXPECT_EQ(lowered.outputs()[0].name, "shower");
  const auto& conv = operation<Conv3d>(lowered, "conv2");
  EXPECT_EQ(conv.upsampling, (Triple{2, 2, 2}));
  EXPECT_EQ(conv.padding, (Padding{{1, 1, 1}, {1, 1, 0}}));
  EXPECT_EQ(conv.epilogue.activation, (Activation{Function::leaky_relu, 0.3}));
  EXPECT_TRUE(conv.epilogue.normalize);
  EXPECT_EQ(operation<Conv3d>(lowered, "conv4").epilogue.activation, Activation{Function::relu});
}

TEST(Lower, KeepsNormalizationAndDropoutInTraining) {
  const Graph lowered = lower(stack("stack_discriminator"), Purpose::train);
  EXPECT_EQ(names(lowered),
            "shower image conv1 dropout1 conv2 norm2 dropout2 pool flatten generation auxiliary "
            "total");
  EXPECT_FALSE(operation<Conv3d>(lowered, "conv2").epilogue.normalize);
}

TEST(Lower, KeepsTheStreamsOfDropout) {
  Graph graph;
  NodeId x = graph.add("x", Input{{4}});
  graph.add("dead", Dropout{0.5}, {x});
  graph.set_output("y", graph.add("live", Dropout{0.5}, {x}));
  const Graph lowered = lower(graph, Purpose::train);
  EXPECT_EQ(names(lowered), "x live");
  EXPECT_EQ(operation<Dropout>(lowered, "live").stream, 1u);
}

TEST(Lower, HasNothingLeftToDoTheSecondTime) {
  for (const Case& c : all_cases()) {
    for (const Purpose purpose : {Purpose::infer, Purpose::train}) {
      const Graph once = lower(c.graph, purpose);
      EXPECT_EQ(names(lower(once, purpose)), names(once)) << c.name;
    }
  }
}

}  // namespace
}  // namespace showergan::nn
