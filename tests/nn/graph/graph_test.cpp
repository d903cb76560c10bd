#include "nn/graph/graph.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {
namespace {

/// x → conv → norm → y
struct Network {
  Graph graph;
  NodeId x = graph.add("x", Input{{2, 5, 5, 5}});
  NodeId conv = graph.add("conv", Conv3d{3, {2, 2, 2}}, {x});
  NodeId norm = graph.add("norm", BatchNormalization{}, {conv});

  Network() { graph.set_output("y", norm); }
};

template <class Work>
std::string message_of(Work&& work) {
  try {
    work();
  } catch (const ShapeError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Graph, InfersShapesAndDeclaresParameters) {
  const Network n;
  EXPECT_EQ(n.graph.node(n.conv).shape, (Shape{3, 4, 4, 4}));
  EXPECT_EQ(n.graph.node(n.norm).shape, (Shape{3, 4, 4, 4}));
  std::vector<std::string> names;
  for (const Parameter& parameter : n.graph.parameters()) names.push_back(parameter.name);
  EXPECT_EQ(names, (std::vector<std::string>{"conv/kernel", "conv/bias", "norm/gamma", "norm/beta",
                                             "norm/moving_mean", "norm/moving_variance"}));
  EXPECT_EQ(n.graph.node(n.norm).parameters, (std::vector<std::int32_t>{2, 3, 4, 5}));
}

TEST(Graph, LaysParametersOutWithoutGaps) {
  const Network n;
  EXPECT_EQ(n.graph.trainable_count(), 3 * 2 * 8 + 3 + 3 + 3);
  EXPECT_EQ(n.graph.statistics_count(), 6);
  EXPECT_EQ(n.graph.parameter_count(), 63);
  std::int64_t trainable = 0;
  std::int64_t statistics = 0;
  for (const Parameter& parameter : n.graph.parameters()) {
    std::int64_t& next = parameter.trainable ? trainable : statistics;
    EXPECT_EQ(parameter.offset, next) << parameter.name;
    next += element_count(parameter.shape);
  }
  EXPECT_EQ(trainable, n.graph.trainable_count());
  EXPECT_EQ(statistics, n.graph.statistics_count());
}

TEST(Graph, FindsNodesByName) {
  const Network n;
  EXPECT_EQ(n.graph.find("norm"), n.norm);
  EXPECT_FALSE(n.graph.find("nothing").has_value());
  EXPECT_EQ(n.graph.inputs(), std::vector<NodeId>{n.x});
}

TEST(Graph, CountsUsesByNodesAndOutputs) {
  Network n;
  n.graph.add("twice", Arithmetic{}, {n.conv, n.conv});
  n.graph.set_output("again", n.norm);
  EXPECT_EQ(n.graph.use_counts(), (std::vector<int>{1, 3, 2, 0}));
}

TEST(Graph, CountsMultiplyAdds) {
  Network n;
  EXPECT_EQ(n.graph.multiply_adds(), 3 * 64 * 2 * 8);
  const NodeId flat = n.graph.add("flat", Reshape{{-1}}, {n.norm});
  n.graph.add("dense", Dense{7}, {flat});
  n.graph.add("up", Conv3dTranspose{4, {1, 2, 3}}, {n.norm});
  EXPECT_EQ(n.graph.multiply_adds(), 3 * 64 * 2 * 8 + 192 * 7 + 192 * 4 * 6);
}

TEST(Graph, NamesTheLayerThatDoesNotFit) {
  Network n;
  EXPECT_EQ(message_of([&] { n.graph.add("head", Dense{1}, {n.norm}); }),
            "layer 'head': dense needs a vector, not 3 channels of 4×4×4; put a flatten before "
            "it");
}

TEST(Graph, RefusesANameTwiceAndStaysAsItWas) {
  Network n;
  EXPECT_EQ(message_of([&] {
              n.graph.add("conv", Conv3d{3, {1, 1, 1}}, {n.x});
            }),
            "two layers are named 'conv'; give each layer a name of its own");
  EXPECT_EQ(n.graph.nodes().size(), 3u);
  EXPECT_EQ(n.graph.parameters().size(), 6u);
  EXPECT_EQ(n.graph.parameter_count(), 63);
}

TEST(Graph, NumbersTheStreamsOfDropout) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{4}});
  const NodeId first = graph.add("first", Dropout{0.5}, {x});
  const NodeId second = graph.add("second", Dropout{0.5}, {first});
  EXPECT_EQ(std::get<Dropout>(graph.node(first).operation).stream, 0u);
  EXPECT_EQ(std::get<Dropout>(graph.node(second).operation).stream, 1u);
}

TEST(Graph, CanBeRewrittenOverTheSameParameters) {
  const Network n;
  Graph rewritten = n.graph.same_parameters();
  EXPECT_TRUE(rewritten.nodes().empty());
  EXPECT_EQ(rewritten.parameter_count(), 63);
  const NodeId x = rewritten.add("x", Input{{2, 5, 5, 5}});
  const NodeId conv = rewritten.add_with_parameters("conv", Conv3d{3, {2, 2, 2}}, {x}, {0, 1});
  EXPECT_EQ(rewritten.node(conv).parameters, (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(rewritten.parameters().size(), 6u);
  EXPECT_EQ(rewritten.parameter_count(), 63);
}

/// The parameters and multiply-adds that were published for the generator with 872,948 of them
/// (fixed angle, 25×25×25 cells).
TEST(Graph, CountsThePublishedGenerator) {
  Graph g;
  int number = 0;
  const auto add = [&](Operation operation, NodeId from) {
    return g.add("layer" + std::to_string(number++), std::move(operation), {from});
  };
  NodeId x = g.add("z", Input{{200}});
  x = add(Reshape{{8, 7, 7, 8}}, add(Dense{3136}, x));
  x = add(Conv3d{64, {6, 6, 8}, {1, 1, 1}, same_padding({6, 6, 8})}, x);
  x = add(Upsampling{{2, 2, 2}}, add(BatchNormalization{}, x));
  x = add(Conv3d{6, {6, 5, 8}}, add(ZeroPadding{{{2, 2, 0}, {2, 2, 0}}}, x));
  x = add(Upsampling{{2, 2, 3}}, add(BatchNormalization{}, x));
  x = add(Conv3d{6, {3, 3, 8}}, add(ZeroPadding{{{1, 0, 3}, {1, 0, 3}}}, x));
  Conv3d last{1, {2, 2, 2}};
  last.bias = false;
  x = add(last, x);
  EXPECT_EQ(g.node(x).shape, (Shape{1, 25, 25, 25}));
  EXPECT_EQ(g.parameter_count(), 872948);
  EXPECT_EQ(g.trainable_count(), 872808);
  EXPECT_NEAR(static_cast<double>(g.multiply_adds()), 0.256e9, 0.001e9);
}

double mean(std::span<const float> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance(std::span<const float> values) {
  const double m = mean(values);
  double sum = 0;
  for (const float v : values) sum += (static_cast<double>(v) - m) * (static_cast<double>(v) - m);
  return sum / static_cast<double>(values.size());
}

/// The kernel, 100 × 400 numbers, of a dense layer with this initialiser.
std::vector<float> drawn(Initializer initializer, std::uint64_t seed = 1) {
  Graph graph;
  const NodeId x = graph.add("x", Input{{400}});
  Dense dense{100, false, initializer};
  graph.add("dense", dense, {x});
  return initial_parameters(graph, seed).trainable;
}

void expect_uniform(const std::vector<float>& values, double limit) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  EXPECT_GE(static_cast<double>(*low), -limit * (1 + 1e-6));
  EXPECT_LE(static_cast<double>(*high), limit * (1 + 1e-6));
  EXPECT_GT(static_cast<double>(*high - *low), 2 * limit * 0.999);
  EXPECT_NEAR(mean(values), 0, 0.015 * limit);
  EXPECT_NEAR(variance(values), limit * limit / 3, 0.02 * limit * limit / 3);
}

TEST(InitialParameters, DrawGlorotUniform) {
  expect_uniform(drawn(Initializer::glorot_uniform), std::sqrt(6.0 / 500));
}

TEST(InitialParameters, DrawHeUniform) {
  expect_uniform(drawn(Initializer::he_uniform), std::sqrt(6.0 / 400));
}

TEST(InitialParameters, DrawGlorotNormal) {
  const std::vector<float> values = drawn(Initializer::glorot_normal);
  const double deviation = std::sqrt(2.0 / 500);
  const double cut = 2 * deviation / 0.87962566103423978;
  for (const float v : values) ASSERT_LE(std::abs(static_cast<double>(v)), cut);
  EXPECT_NEAR(mean(values), 0, 0.02 * deviation);
  EXPECT_NEAR(variance(values), deviation * deviation, 0.03 * deviation * deviation);
}

TEST(InitialParameters, FillConstants) {
  for (const float v : drawn(Initializer::zeros)) ASSERT_EQ(v, 0);
  for (const float v : drawn(Initializer::ones)) ASSERT_EQ(v, 1);
}

TEST(InitialParameters, DependOnTheSeedOnly) {
  EXPECT_EQ(drawn(Initializer::he_uniform, 1), drawn(Initializer::he_uniform, 1));
  EXPECT_NE(drawn(Initializer::he_uniform, 1), drawn(Initializer::he_uniform, 2));
}

TEST(InitialParameters, DifferFromLayerToLayer) {
  Graph graph;
  NodeId x = graph.add("x", Input{{10}});
  x = graph.add("first", Dense{10, false}, {x});
  graph.add("second", Dense{10, false}, {x});
  const Parameters p = initial_parameters(graph, 1);
  const auto first = p.of(graph.parameters()[0]);
  const auto second = p.of(graph.parameters()[1]);
  EXPECT_FALSE(std::equal(first.begin(), first.end(), second.begin()));
}

TEST(InitialParameters, OfANormalizationDoNothing) {
  const Network n;
  Parameters p = initial_parameters(n.graph, 1);
  EXPECT_EQ(p.trainable.size(), 57u);
  EXPECT_EQ(p.statistics, (std::vector<float>{0, 0, 0, 1, 1, 1}));
  for (const float v : p.of(n.graph.parameters()[2])) EXPECT_EQ(v, 1);  // gamma
  for (const float v : p.of(n.graph.parameters()[3])) EXPECT_EQ(v, 0);  // beta
  p.of(n.graph.parameters()[4])[1] = 5;                                 // the second moving mean
  EXPECT_EQ(p.statistics[1], 5);
}

}  // namespace
}  // namespace showergan::nn
