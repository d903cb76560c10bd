#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(RemoveIdentities, RemovesLinearActivations) {
  const Graph removed = remove_identities(stack("stack_superfluous"), Purpose::train);
  EXPECT_EQ(names(removed), "x conv dropout leaky norm unread unread_conv");
  EXPECT_EQ(removed.node(removed.outputs()[0].node).name, "norm");
}

TEST(RemoveIdentities, RemovesDropoutInInferenceOnly) {
  const Graph removed = remove_identities(stack("stack_superfluous"), Purpose::infer);
  EXPECT_EQ(names(removed), "x conv leaky norm unread unread_conv");
}

TEST(RemoveIdentities, MayLeaveAnInputAsOutput) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{3}});
  graph.set_output("y", graph.add("linear", Activation{}, {x}));
  const Graph removed = remove_identities(graph, Purpose::train);
  EXPECT_EQ(names(removed), "x");
  EXPECT_EQ(removed.outputs()[0].name, "y");
  EXPECT_EQ(removed.outputs()[0].node, 0);
}

TEST(RemoveIdentities, ClearTheWayForFusion) {
  EXPECT_EQ(names(lower(stack("stack_superfluous"), Purpose::infer)), "x conv");
  EXPECT_EQ(names(lower(stack("stack_superfluous"), Purpose::train)), "x conv dropout leaky norm");
}

}  // namespace
}  // namespace showergan::nn
