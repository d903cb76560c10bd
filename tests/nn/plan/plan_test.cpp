#include "nn/plan/plan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "base/random.hpp"
#include "nn/plan/arena.hpp"
#include "nn/plan/compile_times.hpp"

namespace showergan::nn {
namespace {

/// Convolution, activation, normalisation: 2 channels of 5×4×3 in, 4 of 5×4×3 out.
Graph small_network() {
  Graph graph;
  const NodeId in = graph.add("in", Input{{2, 5, 4, 3}});
  Conv3d conv{4, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})};
  const NodeId a = graph.add("conv", conv, {in});
  const NodeId b = graph.add("act", Activation{Function::leaky_relu, 0.3}, {a});
  graph.set_output("out", graph.add("norm", BatchNormalization{}, {b}));
  return graph;
}

std::vector<float> normal(std::size_t count, std::uint64_t index) {
  std::vector<float> values(count);
  CounterRandom(2, RandomPurpose::noise).fill_normal(index, values);
  return values;
}

TEST(Plan, RefusesUnknownNames) {
  Plan plan = compile(small_network(), {});
  std::vector<float> values(120);
  EXPECT_THROW(plan.set_input("nose", values), InputError);
  EXPECT_THROW(plan.get_output("in", values), InputError);
}

TEST(Plan, TellsWhatRuns) {
  const Plan plan = compile(small_network(), {});
  // Activation and normalisation are part of the convolution, which no slow reference kernel runs.
  const auto nodes = plan.describe();
  ASSERT_EQ(nodes.size(), 2u);
  EXPECT_EQ(nodes[0].implementation, "none");  // the input
  EXPECT_NE(nodes[1].implementation, "none");
  EXPECT_EQ(nodes[1].implementation.find("ref"), std::string::npos) << nodes[1].implementation;
}

TEST(Plan, KnowsHowLongItsCompilationTook) {
  const auto start = std::chrono::steady_clock::now();
  const Plan first = compile(small_network(), {});
  const Plan second = compile(small_network(), {Mode::train_both, 3});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_GT(first.compile_seconds(), 0);
  EXPECT_GT(second.compile_seconds(), 0);
  EXPECT_LE(first.compile_seconds() + second.compile_seconds(), took.count());
  CompileTimes times;
  times.add(first);
  times.add(second);
  EXPECT_EQ(times.plans, 2);
  EXPECT_EQ(times.seconds, first.compile_seconds() + second.compile_seconds());
  EXPECT_EQ(times.slowest, std::max(first.compile_seconds(), second.compile_seconds()));
}

TEST(Plan, ProfilesWhatItComputes) {
  const Graph graph = small_network();
  Plan plan = compile(graph, {Mode::infer, 2});
  const auto weights = plan.prepare(initial_parameters(graph, 1));
  std::vector<float> expected(480);
  std::vector<float> profiled(480);
  plan.set_input("in", normal(240, 1));
  plan.forward(*weights);
  plan.get_output("out", expected);
  plan.set_input("in", normal(240, 1));
  const auto nodes = plan.profile(*weights, 3);
  plan.get_output("out", profiled);
  EXPECT_EQ(profiled, expected);
  EXPECT_EQ(nodes[0].seconds, 0);
  EXPECT_GT(nodes[1].seconds, 0);
}

TEST(Plan, SharesMemoryInInference) {
  Graph graph;
  NodeId node = graph.add("in", Input{{4, 8, 8, 8}});
  for (int i = 0; i < 12; ++i) {
    node = graph.add("exp" + std::to_string(i), Activation{Function::tanh}, {node});
  }
  graph.set_output("out", node);
  const std::size_t tensor = 4 * 512 * sizeof(float);
  EXPECT_LE(compile(graph, {Mode::infer, 1}).arena_bytes(), 4 * tensor);
  EXPECT_GE(compile(graph, {Mode::train_both, 1}).arena_bytes(), 12 * tensor);
}

TEST(Plan, PreparedWeightsAreSharedByPlans) {
  const Graph graph = small_network();
  const Parameters parameters = initial_parameters(graph, 1);
  Plan first = compile(graph, {Mode::infer, 2});
  Plan second = compile(graph, {Mode::infer, 2});
  const auto weights = first.prepare(parameters);
  const std::vector<float> in = normal(240, 1);
  std::vector<float> a(480);
  std::vector<float> b(480);
  first.set_input("in", in);
  second.set_input("in", in);
  first.forward(*weights);
  second.forward(*weights);
  first.get_output("out", a);
  second.get_output("out", b);
  EXPECT_EQ(a, b);
}

/// Stands for a second thread with the same samples: doubles sums and counts.
class DoublingHooks : public Hooks {
 public:
  void sums_ready(std::span<double> sums, double& samples) override {
    for (double& sum : sums) sum *= 2;
    samples *= 2;
    ++calls;
  }
  void gradients_ready(std::int64_t offset, std::int64_t count) override {
    ready.emplace_back(offset, count);
  }
  int calls = 0;
  std::vector<std::pair<std::int64_t, std::int64_t>> ready;
};

TEST(Plan, HooksSeeStatisticsAndFinishedGradients) {
  const Graph graph = small_network();
  const Parameters parameters = initial_parameters(graph, 1);
  Plan plan = compile(graph, {Mode::train_both, 2});
  const auto weights = plan.prepare(parameters);
  const std::vector<float> in = normal(240, 1);
  const std::vector<float> out_gradient = normal(480, 2);
  const auto run = [&](Hooks* hooks) {
    std::vector<float> gradients(static_cast<std::size_t>(graph.trainable_count()), 0.0f);
    std::vector<float> result(480);
    plan.set_input("in", in);
    plan.forward(*weights, {}, hooks);
    plan.get_output("out", result);
    plan.set_output_gradient("out", out_gradient);
    plan.backward(*weights, gradients, hooks);
    result.insert(result.end(), gradients.begin(), gradients.end());
    return result;
  };
  const std::vector<float> alone = run(nullptr);
  DoublingHooks hooks;
  const std::vector<float> doubled = run(&hooks);
  // Twice the same samples have the same statistics, so nothing changes.
  for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_NEAR(alone[i], doubled[i], 1e-5);
  EXPECT_EQ(hooks.calls, 2);  // forward and backward
  std::int64_t total = 0;
  for (const auto& [offset, count] : hooks.ready) total += count;
  EXPECT_EQ(total, graph.trainable_count());
}

TEST(Plan, UnsetOutputGradientsAreZero) {
  Graph graph;
  const NodeId in = graph.add("in", Input{{3}});
  graph.set_output("a", graph.add("exp", Activation{Function::exp}, {in}));
  graph.set_output("b", graph.add("tanh", Activation{Function::tanh}, {in}));
  Plan plan = compile(graph, {Mode::train_inputs, 1});
  const auto weights = plan.prepare(initial_parameters(graph, 1));
  const std::vector<float> x{0.1f, -0.2f, 0.3f};
  plan.set_input("in", x);
  plan.forward(*weights);
  plan.set_output_gradient("b", std::vector<float>{1, 1, 1});
  plan.backward(*weights, {});
  std::vector<float> gradient(3);
  plan.get_input_gradient("in", gradient);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(gradient[i], 1 - std::pow(std::tanh(x[i]), 2), 1e-6);
  }
}

TEST(Plan, AFrozenNetworkGivesInputGradientsOnly) {
  const Graph graph = small_network();
  Plan plan = compile(graph, {Mode::train_inputs, 2});
  const auto weights = plan.prepare(initial_parameters(graph, 1));
  plan.set_input("in", normal(240, 1));
  plan.forward(*weights);
  plan.set_output_gradient("out", normal(480, 2));
  plan.backward(*weights, {});
  std::vector<float> gradient(240, 0.0f);
  plan.get_input_gradient("in", gradient);
  double norm = 0;
  for (const float g : gradient) norm += static_cast<double>(g) * static_cast<double>(g);
  EXPECT_GT(norm, 0);
}

/// Convolutions with a constant between them, and dropout after the first if wanted.
Graph two_convolutions(bool dropout) {
  Graph g;
  const Conv3d conv{8, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})};
  NodeId x = g.add("x", Input{{8, 6, 6, 6}});
  x = g.add("first", conv, {x});
  x = g.add("leaky", Activation{Function::leaky_relu, 0.3}, {x});
  if (dropout) x = g.add("dropout", Dropout{0.25}, {x});
  const NodeId two = g.add("two", Constant{{1}, {2.0f}});
  x = g.add("twice", Arithmetic{BinaryFunction::multiply}, {x, two});
  g.set_output("y", g.add("second", conv, {x}));
  return g;
}

TEST(PlanTest, DropoutWorksInPlace) {
  const auto bytes = [](bool dropout) {
    return compile(two_convolutions(dropout), {Mode::train_both, 2}).arena_bytes();
  };
  const std::size_t image = 2 * 8 * 6 * 6 * 6 * sizeof(float);
  EXPECT_LT(bytes(true), bytes(false) + image) << "a byte per number for the mask, and no image";
}

TEST(PlanTest, PlansMayTakeTurnsOnOneArena) {
  const Graph graph = two_convolutions(false);
  const Parameters parameters = initial_parameters(graph, 1);
  const std::vector<float> x(2 * 8 * 6 * 6 * 6, 0.5f);
  const auto result_of = [&](Plan& plan) {
    plan.set_input("x",
                   std::span(x).first(static_cast<std::size_t>(plan.options().batch) * 8 * 216));
    plan.forward(*plan.prepare(parameters));
    std::vector<float> y(static_cast<std::size_t>(plan.options().batch) * 8 * 216);
    plan.get_output("y", y);
    return y;
  };
  CompileOptions options;
  Plan alone = compile(graph, options);
  const std::vector<float> expected = result_of(alone);
  options.arena = std::make_shared<Arena>();
  Plan small = compile(graph, options);
  EXPECT_EQ(result_of(small), expected);
  options.batch = 2;
  options.mode = Mode::train_both;
  Plan large = compile(graph, options);  // the arena grows
  EXPECT_EQ(options.arena->bytes(), large.arena_bytes());
  for (int turn = 0; turn < 2; ++turn) {
    result_of(large);
    EXPECT_EQ(result_of(small), expected) << "its constants are still there";
  }
}

/// A constant for a layer that wants whole batches and, perhaps reshaped, for one that does not.
Graph constant_of_two_uses(bool reshaped) {
  Graph g;
  const NodeId x = g.add("x", Input{{6}});
  const NodeId constant = g.add("constant", Constant{{6}, {1, -2, 3, 0.5f, 2, -1}});
  const NodeId other = reshaped ? g.add("reshaped", Reshape{{6}}, {constant}) : constant;
  const NodeId dense = g.add("dense", Dense{6}, {constant});
  const NodeId sum = g.add("sum", Arithmetic{BinaryFunction::add}, {x, other});
  g.set_output("y", g.add("product", Arithmetic{BinaryFunction::multiply}, {sum, dense}));
  return g;
}

TEST(PlanTest, AReshapedConstantOfAWholeBatchIsThatConstant) {
  const auto result = [](bool reshaped) {
    const Graph graph = constant_of_two_uses(reshaped);
    Plan plan = compile(graph, {Mode::infer, 2, false});  // folded, it would be no Reshape
    const std::vector<float> x{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    plan.set_input("x", x);
    plan.forward(*plan.prepare(initial_parameters(graph, 1)));
    std::vector<float> y(x.size());
    plan.get_output("y", y);
    return y;
  };
  EXPECT_EQ(result(true), result(false));
  EXPECT_NE(result(true), std::vector<float>(12, 0.0f));
}

}  // namespace
}  // namespace showergan::nn
