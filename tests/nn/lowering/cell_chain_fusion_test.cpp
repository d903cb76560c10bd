#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

Conv3d cell(std::int64_t filters) {
  Conv3d conv;
  conv.filters = filters;
  return conv;
}

TEST(FuseCellChains, MakesOneOfAllThatEachReadTheOneBefore) {
  const Graph fused = fuse_cell_chains(
      fuse_additions(fuse_activations(stack("stack_cells_in_a_row"), Purpose::infer)));
  EXPECT_EQ(names(fused), "x other beside narrow");
  const auto& chain = operation<CellChain>(fused, "narrow");
  ASSERT_EQ(chain.stages.size(), 4u);
  EXPECT_FALSE(chain.stages[0].convolution.addition);
  EXPECT_TRUE(chain.stages[1].residual);
  EXPECT_EQ(chain.stages[1].convolution.addition->function,
            (Activation{Function::leaky_relu, 0.3}));
  EXPECT_TRUE(chain.stages[2].adds_an_image());
  EXPECT_TRUE(chain.stages[3].adds_an_image());
}

/// Two convolutions in a row.
Graph two(const Conv3d& first, const Conv3d& second, std::int64_t channels = 4) {
  Graph graph;
  NodeId x = graph.add("x", Input{{channels, 2, 2, 2}});
  x = graph.add("first", first, {x});
  graph.set_output("y", graph.add("second", second, {x}));
  return graph;
}

TEST(FuseCellChains, TakesConvolutionsOfOneCellAndFewChannels) {
  EXPECT_EQ(names(fuse_cell_chains(two(cell(4), cell(4)))), "x second");
  EXPECT_EQ(names(fuse_cell_chains(two(cell(65), cell(4)))), "x first second");
  EXPECT_EQ(names(fuse_cell_chains(two(cell(4), cell(4), 65))), "x first second");
  Conv3d other = cell(4);
  other.kernel = {1, 1, 2};
  EXPECT_EQ(names(fuse_cell_chains(two(other, cell(4)))), "x first second");
  other = cell(4);
  other.stride = {1, 2, 1};
  EXPECT_EQ(names(fuse_cell_chains(two(cell(4), other))), "x first second");
  other = cell(4);
  other.padding.after[0] = 1;
  EXPECT_EQ(names(fuse_cell_chains(two(cell(4), other))), "x first second");
  other = cell(4);
  other.epilogue.activation = {Function::softplus};
  EXPECT_EQ(names(fuse_cell_chains(two(cell(4), other))), "x first second");
}

TEST(FuseCellChains, LeavesWhatOthersRead) {
  Graph graph = two(cell(4), cell(4));
  const NodeId first = graph.find("first").value();
  graph.set_output("also", first);
  EXPECT_EQ(names(fuse_cell_chains(graph)), "x first second");
  graph = two(cell(4), cell(4));
  graph.set_output("also", graph.add("relu", Activation{Function::relu}, {first}));
  EXPECT_EQ(names(fuse_cell_chains(graph)), "x first second relu");
}

}  // namespace
}  // namespace showergan::nn
