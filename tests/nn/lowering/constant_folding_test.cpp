#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(FoldConstants, ComputesWhatConstantsDetermine) {
  const Graph folded = fold_constants(stack("stack_constants"));
  EXPECT_EQ(operation<Constant>(folded, "centres").values,
            (std::vector<float>{0.5f, 1.5f, 2.5f, 3.5f}));
  EXPECT_EQ(operation<Constant>(folded, "middle").values, std::vector<float>{2});
  EXPECT_EQ(operation<Constant>(folded, "middle").shape, (Shape{1, 1}));
  EXPECT_EQ(operation<Constant>(folded, "row").values,
            (std::vector<float>{-1.5f, -0.5f, 0.5f, 1.5f}));
  EXPECT_EQ(operation<Constant>(folded, "row").shape, Shape{4});
}

TEST(FoldConstants, LeavesWhatIsFedTrainedOrDrawn) {
  const Graph folded = fold_constants(stack("stack_constants"));
  EXPECT_EQ(operation<Constant>(folded, "right").values, (std::vector<float>{0, 0, 0.5f, 1.5f}));
  EXPECT_TRUE(std::holds_alternative<Dropout>(folded.node(*folded.find("dropped")).operation));
  EXPECT_TRUE(std::holds_alternative<Dense>(folded.node(*folded.find("dense")).operation));
  EXPECT_TRUE(std::holds_alternative<Arithmetic>(folded.node(*folded.find("sum")).operation));
}

TEST(FoldConstants, MayLeaveAConstantAsOutput) {
  const Graph folded = fold_constants(stack("stack_constants"));
  EXPECT_EQ(folded.outputs()[1].name, "places");
  EXPECT_EQ(folded.outputs()[1].node, *folded.find("places"));
  EXPECT_EQ(operation<Constant>(folded, "places").shape, (Shape{4, 1}));
}

TEST(FoldConstants, LeaveNothingOfTheChain) {
  const Graph& graph = stack("stack_constants");
  EXPECT_EQ(names(lower(graph, Purpose::infer)), "x places right row dense learned weighted sum");
  EXPECT_EQ(names(lower(graph, Purpose::train)),
            "x places right dropped row dense learned weighted sum");
}

TEST(FoldConstants, RoundOnceAtTheEndOfAChain) {
  Graph graph;
  const NodeId one = graph.add("one", Constant{{1}, {1}});
  const NodeId small = graph.add("small", Constant{{1}, {1e-10f}});
  const NodeId sum = graph.add("sum", Arithmetic{BinaryFunction::add}, {one, small});
  graph.set_output("y", graph.add("again", Arithmetic{BinaryFunction::subtract}, {sum, one}));
  const Graph folded = fold_constants(graph);
  EXPECT_EQ(operation<Constant>(folded, "sum").values, std::vector<float>{1});
  EXPECT_NEAR(operation<Constant>(folded, "again").values[0], 1e-10, 1e-15);
}

TEST(FoldConstants, LeavesAGraphWithoutSuchNodesAlone) {
  for (const char* name : {"stack_generator", "stack_scaling", "stack_measured_angle"}) {
    EXPECT_EQ(names(fold_constants(stack(name))), names(stack(name)));
  }
}

}  // namespace
}  // namespace showergan::nn
