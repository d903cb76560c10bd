#include "nn/lowering/cut.hpp"

#include <gtest/gtest.h>

#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

using reference::DoubleTensors;

/// A generator in miniature: the condition is used on both sides of `conv`, noise before it, and
/// `cells` behind it.
Case generator() {
  Case c{"generator", {}};
  Graph& g = c.graph;
  const NodeId noise = g.add("noise", Input{{5}});
  const NodeId cells = g.add("cells", Input{{2, 3, 2}});
  const NodeId condition = g.add("condition", Input{{1}});
  const NodeId twice = g.add("twice", Arithmetic{BinaryFunction::add}, {condition, condition});
  NodeId x = g.add("latent", Arithmetic{BinaryFunction::multiply}, {noise, twice});
  x = g.add("dense", Dense{24}, {x});
  x = g.add("image", Reshape{{2, 2, 3, 2}}, {x});
  x = g.add("conv", Conv3d{1, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})}, {x});
  x = g.add("norm", BatchNormalization{}, {x});
  x = g.add("flat", Reshape{{2, 3, 2}}, {x});
  x = g.add("sum", Arithmetic{BinaryFunction::add}, {x, cells});
  x = g.add("scaled", Arithmetic{BinaryFunction::multiply}, {x, twice});
  g.set_output("shower", x);
  g.set_output("total", g.add("total", Reduction{Reducer::sum, {0, 1, 2}}, {x}));
  return c;
}

std::string input_names(const Graph& graph) {
  std::string result;
  for (const NodeId id : graph.inputs()) {
    result += (result.empty() ? "" : " ") + graph.node(id).name;
  }
  return result;
}

/// The inputs among these that a graph has.
DoubleTensors inputs_of(const Graph& graph, const DoubleTensors& all) {
  DoubleTensors result;
  for (const NodeId id : graph.inputs()) {
    const std::string& name = graph.node(id).name;
    result[name] = all.at(name);
  }
  return result;
}

/// Runs head and then body; the outputs of the body.
DoubleTensors run_parts(const CutGraph& cut, const Case& c) {
  const std::string& seam = cut.head.outputs().at(0).name;
  reference::DoubleParameters parameters = reference::to_double(random_parameters(c, 3));
  DoubleTensors tensors = reference::to_double(random_inputs(c, 4));
  reference::Interpreter head(cut.head, c.batch);
  head.forward(inputs_of(cut.head, tensors), parameters);
  tensors[seam] = head.output(seam);
  reference::Interpreter body(cut.body, c.batch);
  body.forward(inputs_of(cut.body, tensors), parameters);
  DoubleTensors outputs;
  for (const Output& output : cut.body.outputs()) outputs[output.name] = body.output(output.name);
  return outputs;
}

DoubleTensors run_whole(const Case& c) {
  reference::DoubleParameters parameters = reference::to_double(random_parameters(c, 3));
  reference::Interpreter whole(c.graph, c.batch);
  whole.forward(reference::to_double(random_inputs(c, 4)), parameters);
  DoubleTensors outputs;
  for (const Output& output : c.graph.outputs()) outputs[output.name] = whole.output(output.name);
  return outputs;
}

TEST(CutBehind, HeadThenBodyIsTheWhole) {
  const Case c = generator();
  const DoubleTensors expected = run_whole(c);
  ASSERT_EQ(expected.size(), 2u);
  for (std::size_t i = 0; i < c.graph.nodes().size(); ++i) {
    const auto node = static_cast<NodeId>(i);
    SCOPED_TRACE("behind " + c.graph.node(node).name);
    EXPECT_EQ(run_parts(cut_behind(c.graph, node), c), expected);
  }
}

TEST(CutBehind, TheHeadGivesTheNodeUnderItsName) {
  const Case c = generator();
  const CutGraph cut = cut_behind(c.graph, *c.graph.find("conv"));
  EXPECT_EQ(names(cut.head), "noise condition twice latent dense image conv");
  ASSERT_EQ(cut.head.outputs().size(), 1u);
  EXPECT_EQ(cut.head.outputs()[0].name, "conv");
  EXPECT_EQ(cut.head.node(cut.head.outputs()[0].node).name, "conv");
}

TEST(CutBehind, TheBodyHasAnInputInTheNodesPlace) {
  const Case c = generator();
  const CutGraph cut = cut_behind(c.graph, *c.graph.find("conv"));
  EXPECT_EQ(names(cut.body), "cells condition twice conv norm flat sum scaled total");
  EXPECT_EQ(operation<Input>(cut.body, "conv").shape, (Shape{1, 2, 3, 2}));
  ASSERT_EQ(cut.body.outputs().size(), 2u);
  EXPECT_EQ(cut.body.outputs()[0].name, "shower");
  EXPECT_EQ(cut.body.outputs()[1].name, "total");
}

TEST(CutBehind, EachPartHasTheInputsThatItUses) {
  const Case c = generator();
  const CutGraph behind_conv = cut_behind(c.graph, *c.graph.find("conv"));
  EXPECT_EQ(input_names(behind_conv.head), "noise condition");
  EXPECT_EQ(input_names(behind_conv.body), "cells condition conv");
  const CutGraph behind_twice = cut_behind(c.graph, *c.graph.find("twice"));
  EXPECT_EQ(input_names(behind_twice.head), "condition");
  EXPECT_EQ(input_names(behind_twice.body), "noise cells twice");
}

TEST(CutBehind, PartsShareTheParametersOfTheWhole) {
  const Case c = generator();
  const CutGraph cut = cut_behind(c.graph, *c.graph.find("conv"));
  for (const Graph* part : {&cut.head, &cut.body}) {
    EXPECT_EQ(part->trainable_count(), c.graph.trainable_count());
    EXPECT_EQ(part->statistics_count(), c.graph.statistics_count());
    ASSERT_EQ(part->parameters().size(), c.graph.parameters().size());
  }
  EXPECT_EQ(cut.body.node(*cut.body.find("norm")).parameters,
            c.graph.node(*c.graph.find("norm")).parameters);
}

TEST(CutBehind, TheLastNodeLeavesNothingToTheBody) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{3}});
  const NodeId y = graph.add("y", Activation{Function::tanh}, {x});
  graph.set_output("result", y);
  const CutGraph cut = cut_behind(graph, y);
  EXPECT_EQ(names(cut.head), "x y");
  EXPECT_EQ(names(cut.body), "y");
  EXPECT_EQ(cut.body.outputs().at(0).name, "result");
}

/// Noise, perhaps a hidden layer, and a dense layer that a convolution of such an image follows.
Graph composable(bool hidden, const Shape& image, std::int64_t filters) {
  Graph g;
  NodeId x = g.add("noise", Input{{4}});
  if (hidden) x = g.add("hidden", Dense{4}, {x});
  if (hidden) x = g.add("tanh", Activation{Function::tanh}, {x});
  x = g.add("dense", Dense{element_count(image)}, {x});
  x = g.add("image", Reshape{image}, {x});
  x = g.add("conv", Conv3d{filters, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})}, {x});
  g.set_output("shower", x);
  return g;
}

TEST(ComposeHead, OnlyElementWiseOperatorsStandBeforeTheMatrix) {
  // A library's product may round a row differently in another batch.
  EXPECT_TRUE(compose_head(composable(false, {4, 3, 3, 3}, 4), 64));
  EXPECT_FALSE(compose_head(composable(true, {4, 3, 3, 3}, 4), 64));
}

TEST(ComposeHead, LeavesWhatWouldNotFitASharedCache) {
  EXPECT_TRUE(compose_head(composable(false, {8, 16, 16, 16}, 8), 64));
  EXPECT_FALSE(compose_head(composable(false, {8, 32, 32, 32}, 8), 64)) << "262,144 results each";
  EXPECT_TRUE(compose_head(composable(false, {8, 32, 32, 32}, 8), 16));
}

}  // namespace
}  // namespace showergan::nn
