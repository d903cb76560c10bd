#include <gtest/gtest.h>

#include "nn/composition_cases.hpp"
#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

/// So many that only the multiply-adds count.
constexpr std::int64_t many = 1000;

/// As compile() would have it, then composed.
Graph composed(const Graph& graph, std::int64_t samples = many) {
  return compose_linear(lower(graph, Purpose::infer), samples);
}

bool is_composed(const Graph& graph, std::string_view name) {
  const std::optional<NodeId> id = graph.find(name);
  const auto* dense = id ? std::get_if<Dense>(&graph.node(*id).operation) : nullptr;
  return dense && dense->composed;
}

/// Outputs in inference; composed layers have no gradients.
void expect_same_outputs(const Case& c, const Graph& rewritten) {
  SCOPED_TRACE(c.name);
  ASSERT_EQ(rewritten.outputs().size(), c.graph.outputs().size());
  const auto outputs_of = [&](const Graph& graph) {
    reference::DoubleParameters parameters = reference::to_double(random_parameters(c, 3));
    reference::Interpreter interpreter(graph, c.batch);
    interpreter.forward(reference::to_double(random_inputs(c, 4)), parameters);
    reference::DoubleTensors outputs;
    for (const Output& o : graph.outputs()) outputs[o.name] = interpreter.output(o.name);
    return outputs;
  };
  const reference::DoubleTensors found = outputs_of(rewritten);
  for (const auto& [name, values] : outputs_of(c.graph)) {
    expect_close(values, found.at(name), "output " + name);
  }
}

TEST(ComposeLinear, ComputesTheSame) {
  for (const Case& c : composition_cases()) {
    const Graph graph = composed(c.graph);
    EXPECT_TRUE(is_composed(graph, "first")) << c.name;
    expect_same_outputs(c, graph);
  }
}

TEST(ComposeLinear, TakesTheNameOfTheConvolution) {
  const Case c =
      composition_case({"normalized", Conv3d{8, {3, 2, 3}}, {Function::relu}, true, true});
  const Graph graph = composed(c.graph);
  EXPECT_EQ(names(graph), "x first second");
  EXPECT_EQ(graph.node(*graph.find("first")).shape, c.graph.node(*c.graph.find("first")).shape);
  const auto& dense = operation<Dense>(graph, "first");
  EXPECT_EQ(dense.composed->image, (Shape{3, 4, 3, 5}));
  EXPECT_EQ(dense.composed->convolution.filters, 8);
  EXPECT_EQ(dense.composed->convolution.epilogue, Epilogue{});
  EXPECT_EQ(dense.epilogue.activation, Activation{Function::relu});
  EXPECT_TRUE(dense.epilogue.normalize);
}

TEST(ComposeLinear, ItsParametersAreThoseOfBothLayers) {
  const auto names_of = [](const FirstConvolution& first) {
    const Graph graph = composed(composition_case(first).graph);
    std::string result;
    for (const std::int32_t id : graph.node(*graph.find("first")).parameters) {
      result += graph.parameters()[static_cast<std::size_t>(id)].name + " ";
    }
    return result;
  };
  FirstConvolution first{"any", Conv3d{8, {3, 2, 3}}, {}, true, true};
  EXPECT_EQ(names_of(first),
            "dense/kernel dense/bias first/kernel first/bias norm/gamma norm/beta norm/moving_mean "
            "norm/moving_variance ");
  first.dense_bias = false;
  first.convolution.bias = false;
  first.normalize = false;
  EXPECT_EQ(names_of(first), "dense/kernel first/kernel ");
}

TEST(ComposeLinear, KeepsParametersAndInterface) {
  for (const Case& c : composition_cases()) {
    const Graph graph = composed(c.graph);
    EXPECT_EQ(graph.trainable_count(), c.graph.trainable_count());
    EXPECT_EQ(graph.statistics_count(), c.graph.statistics_count());
    EXPECT_EQ(graph.parameters().size(), c.graph.parameters().size());
    EXPECT_EQ(graph.inputs().size(), 1u);
    EXPECT_EQ(graph.outputs().at(0).name, "y");
  }
}

TEST(ComposeLinear, IsIdempotent) {
  for (const Case& c : composition_cases()) {
    const Graph once = composed(c.graph);
    const Graph twice = compose_linear(once, many);
    EXPECT_EQ(names(twice), names(once));
    expect_same_outputs(c, twice);
  }
}

/// 24 numbers → a vector → an image → as many numbers, by a kernel of so many taps along z.
Graph small_run(std::int64_t taps) {
  Graph g;
  NodeId x = g.add("x", Input{{24}});
  x = g.add("dense", Dense{64}, {x});
  x = g.add("image", Reshape{{1, 4, 4, 4}}, {x});
  g.set_output("y", g.add("first", Conv3d{2, {1, 1, taps}}, {x}));
  return g;
}

TEST(ComposeLinear, OnlyWherePaysForSoManySamples) {
  // Apart 24·64 + 2·16·2·3 multiply-adds, together 24·96: never.
  EXPECT_EQ(names(compose_linear(small_run(2), many)), "x dense image first");
  // Apart 1536 + 128, together 768 weights: from 11 samples on, 768 · (s + 12) < 1664 · s.
  EXPECT_FALSE(is_composed(compose_linear(small_run(4), 1), "first"));
  EXPECT_FALSE(is_composed(compose_linear(small_run(4), 10), "first"));
  EXPECT_TRUE(is_composed(compose_linear(small_run(4), 11), "first"));
  EXPECT_TRUE(is_composed(compose_linear(small_run(4), 32), "first"));
}

TEST(ComposeLinear, GroupsOfShowersPayWhereSingleOnesDoNot) {
  for (const Case& c : composition_cases()) {
    SCOPED_TRACE(c.name);
    const Graph lowered = lower(c.graph, Purpose::infer);
    EXPECT_TRUE(is_composed(compose_linear(lowered, 32), "first"));
  }
  const Graph lowered = lower(stack("stack_producers"), Purpose::infer);
  EXPECT_EQ(names(compose_linear(lowered, 1)), names(lowered));
}

/// x → dense → … → image → … → first → y, with what the flags put in.
struct Obstacle {
  bool activation = false;     ///< behind the dense layer
  bool on_image = false;       ///< the same behind the reshape
  bool normalization = false;  ///< behind the dense layer
  bool dense_twice = false;    ///< is used
  bool image_twice = false;
  bool dense_is_output = false;
  bool image_is_output = false;
};

Case with_obstacle(const Obstacle& o) {
  Case c{"obstacle", {}};
  Graph& g = c.graph;
  const NodeId in = g.add("x", Input{{7}});
  const NodeId dense = g.add("dense", Dense{180}, {in});
  NodeId x = dense;
  if (o.activation) x = g.add("relu", Activation{Function::relu}, {x});
  if (o.normalization) x = g.add("norm", BatchNormalization{}, {x});
  const NodeId image = g.add("image", Reshape{{3, 4, 3, 5}}, {x});
  x = image;
  if (o.on_image) x = g.add("tanh", Activation{Function::tanh}, {x});
  g.set_output("y", g.add("first", Conv3d{8, {3, 3, 3}}, {x}));
  if (o.dense_twice) g.set_output("z", g.add("again", Activation{Function::tanh}, {dense}));
  if (o.image_twice) g.set_output("z", g.add("again", Conv3d{2, {2, 2, 2}}, {image}));
  if (o.dense_is_output) g.set_output("z", dense);
  if (o.image_is_output) g.set_output("z", image);
  return c;
}

TEST(ComposeLinear, ComposesWithoutObstacle) {
  EXPECT_EQ(names(composed(with_obstacle({}).graph)), "x first");
}

TEST(ComposeLinear, LeavesWhatIsNotLinearOrUsedTwice) {
  const std::pair<std::string, Obstacle> obstacles[] = {
      {"activation of the dense layer", {.activation = true}},
      {"activation of the image", {.on_image = true}},
      {"normalisation of the dense layer", {.normalization = true}},
      {"dense layer used twice", {.dense_twice = true}},
      {"image used twice", {.image_twice = true}},
      {"dense layer is an output", {.dense_is_output = true}},
      {"image is an output", {.image_is_output = true}}};
  for (const auto& [name, obstacle] : obstacles) {
    SCOPED_TRACE(name);
    const Case c = with_obstacle(obstacle);
    const Graph lowered = lower(c.graph, Purpose::infer);
    const Graph graph = compose_linear(lowered, many);
    EXPECT_EQ(names(graph), names(lowered));
    EXPECT_FALSE(is_composed(graph, "first"));
    expect_same_outputs(c, graph);
  }
}

TEST(ComposeLinear, ComposesSeveralRuns) {
  Case c{"two_runs", {}};
  Graph& g = c.graph;
  const NodeId in = g.add("x", Input{{7}});
  std::vector<NodeId> results;
  for (const std::string name : {"a", "b"}) {
    NodeId x = g.add(name + "_dense", Dense{180}, {in});
    x = g.add(name + "_image", Reshape{{3, 4, 3, 5}}, {x});
    results.push_back(g.add(name, Conv3d{8, {3, 3, 3}}, {x}));
  }
  g.set_output("y", g.add("sum", Arithmetic{BinaryFunction::add}, results));
  const Graph graph = composed(g);
  EXPECT_EQ(names(graph), "x a b sum");
  expect_same_outputs(c, graph);
}

}  // namespace
}  // namespace showergan::nn
