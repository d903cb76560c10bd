#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(FoldZeroPadding, AddsItToEveryConvolutionThatReadsIt) {
  const Graph folded = fold_zero_padding(stack("stack_paddings"));
  EXPECT_EQ(names(folded), "x a b sum c");
  const Padding expected{{2, 1, 3}, {1, 2, 2}};  // {1, 0, 2}, {0, 1, 1} and 1 all around
  EXPECT_EQ(operation<Conv3d>(folded, "a").padding, expected);
  EXPECT_EQ(operation<Conv3d>(folded, "b").padding, expected);
}

TEST(FoldZeroPadding, AddsUpAChain) {
  const Graph folded = fold_zero_padding(stack("stack_paddings"));
  EXPECT_EQ(operation<Conv3d>(folded, "c").padding, (Padding{{1, 2, 0}, {0, 0, 1}}));
}

TEST(FoldZeroPadding, LeavesAPaddingWithAnotherUse) {
  const Graph& graph = stack("stack_padding_with_other_use");
  EXPECT_EQ(names(fold_zero_padding(graph)), names(graph));
}

TEST(FoldZeroPadding, LeavesAPaddingThatIsAnOutput) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{1, 2, 2, 2}});
  const NodeId pad = graph.add("pad", ZeroPadding{{{1, 1, 1}, {1, 1, 1}}}, {x});
  graph.set_output("y", graph.add("conv", Conv3d{1, {2, 2, 2}}, {pad}));
  graph.set_output("padded", pad);
  EXPECT_EQ(names(fold_zero_padding(graph)), "x pad conv");
}

TEST(FoldZeroPadding, LeavesAPaddingBeforeATransposedConvolution) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{1, 2, 2, 2}});
  const NodeId pad = graph.add("pad", ZeroPadding{{{1, 1, 1}, {1, 1, 1}}}, {x});
  graph.set_output("y", graph.add("conv", Conv3dTranspose{1, {2, 2, 2}}, {pad}));
  EXPECT_EQ(names(fold_zero_padding(graph)), "x pad conv");
}

TEST(FoldZeroPadding, LeavesTheFirstOfAChainIfTheSecondMustStay) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{1, 2, 2, 2}});
  const NodeId first = graph.add("first", ZeroPadding{{{1, 0, 0}, {0, 0, 0}}}, {x});
  const NodeId second = graph.add("second", ZeroPadding{{{0, 1, 0}, {0, 0, 0}}}, {first});
  graph.set_output("y", graph.add("conv", Conv3d{1, {1, 1, 1}}, {second}));
  graph.set_output("z", graph.add("tanh", Activation{Function::tanh}, {second}));
  EXPECT_EQ(names(fold_zero_padding(graph)), "x first second conv tanh");
}

}  // namespace
}  // namespace showergan::nn
