#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

/// Roles of a node's parameters, in its order.
std::string roles(const Graph& graph, std::string_view name) {
  std::string result;
  for (const std::int32_t id : graph.node(graph.find(name).value()).parameters) {
    result += graph.parameters()[static_cast<std::size_t>(id)].name + " ";
  }
  return result;
}

TEST(FoldNormalization, BecomesScaleAndShiftAfterTheActivation) {
  const Graph folded =
      fold_normalization(fuse_activations(stack("stack_producers"), Purpose::infer));
  EXPECT_EQ(names(folded), "x dense image up conv conv_sigmoid");
  const Epilogue& epilogue = operation<Dense>(folded, "dense").epilogue;
  EXPECT_TRUE(epilogue.normalize);
  EXPECT_EQ(epilogue.epsilon, 1e-3);
  EXPECT_EQ(epilogue.activation, Activation{Function::relu});
  EXPECT_EQ(roles(folded, "dense"),
            "dense/kernel dense/bias dense_norm/gamma dense_norm/beta dense_norm/moving_mean "
            "dense_norm/moving_variance ");
  EXPECT_TRUE(operation<Conv3dTranspose>(folded, "up").epilogue.normalize);
}

TEST(FoldNormalization, LeavesOneAfterAnActivationOfItsOwn) {
  const Graph folded = fold_normalization(stack("stack_producers"));
  EXPECT_EQ(names(folded),
            "x dense dense_relu dense_norm image up up_tanh up_norm conv conv_sigmoid");
}

TEST(FoldNormalization, LeavesAResultThatIsUsedTwice) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{3}});
  const NodeId dense = graph.add("dense", Dense{2}, {x});
  graph.set_output("y", graph.add("norm", BatchNormalization{}, {dense}));
  graph.set_output("z", dense);
  EXPECT_EQ(names(fold_normalization(graph)), "x dense norm");
}

TEST(FoldNormalization, FoldsOneOnly) {
  Case c{"two_normalizations", {}};
  Graph& graph = c.graph;
  NodeId x = graph.add("x", Input{{3}});
  x = graph.add("dense", Dense{2}, {x});
  x = graph.add("first", BatchNormalization{}, {x});
  graph.set_output("y", graph.add("second", BatchNormalization{0.9, 1e-6}, {x}));
  const Graph folded = fold_normalization(graph);
  EXPECT_EQ(names(folded), "x dense second");
  EXPECT_EQ(names(fold_normalization(folded)), "x dense second");
  expect_same(c, folded, Purpose::infer);
}

TEST(FoldNormalization, LeavesOneAfterAnythingElse) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{3}});
  graph.set_output("y", graph.add("norm", BatchNormalization{}, {x}));
  EXPECT_EQ(names(fold_normalization(graph)), "x norm");
}

}  // namespace
}  // namespace showergan::nn
