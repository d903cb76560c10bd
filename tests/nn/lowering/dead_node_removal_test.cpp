#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(RemoveDeadNodes, RemovesWhatNoOutputNeeds) {
  const Graph& graph = stack("stack_superfluous");
  EXPECT_EQ(names(remove_dead_nodes(graph)), "x conv linear dropout leaky norm second_linear");
}

TEST(RemoveDeadNodes, KeepsTheParametersOfTheMasters) {
  const Graph& graph = stack("stack_superfluous");
  const Graph removed = remove_dead_nodes(graph);
  EXPECT_EQ(removed.trainable_count(), graph.trainable_count());
  EXPECT_EQ(removed.parameters().size(), graph.parameters().size());
}

TEST(RemoveDeadNodes, KeepsInputs) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{3}});
  const NodeId unused = graph.add("unused", Input{{3}});
  graph.add("tanh", Activation{Function::tanh}, {unused});
  graph.set_output("y", graph.add("relu", Activation{Function::relu}, {x}));
  EXPECT_EQ(names(remove_dead_nodes(graph)), "x unused relu");
}

TEST(RemoveDeadNodes, LeavesALivingGraphAlone) {
  for (const char* name : {"stack_generator", "stack_discriminator", "stack_several_uses"}) {
    EXPECT_EQ(names(remove_dead_nodes(stack(name))), names(stack(name)));
  }
}

}  // namespace
}  // namespace showergan::nn
