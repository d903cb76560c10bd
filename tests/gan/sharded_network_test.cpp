#include "gan/sharded_network.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace showergan::gan {
namespace {

constexpr std::int64_t inputs = 2 * 5 * 4 * 3;
constexpr std::int64_t outputs = 3;
constexpr std::uint64_t seed = 5;

/// Everything that ties samples together or draws per sample: normalisation and dropout, twice.
nn::Graph small_network() {
  nn::Graph graph;
  nn::NodeId node = graph.add("in", nn::Input{{2, 5, 4, 3}});
  for (const std::string layer : {"1", "2"}) {
    const nn::Conv3d conv{4, {3, 3, 3}, {1, 1, 1}, nn::same_padding({3, 3, 3})};
    node = graph.add("conv" + layer, conv, {node});
    node = graph.add("act" + layer, nn::Activation{nn::Function::leaky_relu, 0.3}, {node});
    node = graph.add("norm" + layer, nn::BatchNormalization{}, {node});
    node = graph.add("drop" + layer, nn::Dropout{0.2}, {node});
  }
  node = graph.add("flatten", nn::Reshape{{-1}}, {node});
  graph.set_output("out", graph.add("dense", nn::Dense{outputs}, {node}));
  return graph;
}

std::vector<float> normal(std::int64_t count, std::uint64_t index) {
  std::vector<float> values(static_cast<std::size_t>(count));
  CounterRandom(seed, RandomPurpose::noise).fill_normal(index, values);
  return values;
}

template <class T>
std::span<const T> part(const std::vector<T>& values, const Shard& shard, std::int64_t width) {
  return std::span(values).subspan(static_cast<std::size_t>(shard.first * width),
                                   static_cast<std::size_t>(shard.count * width));
}

struct Outcome {
  std::vector<float> outputs;
  std::vector<float> gradient;
  std::vector<float> statistics;  ///< after the update
};

/// One forward and backward pass of the batch cut into these shards.
Outcome learn(ShardedNetwork& network, std::span<const Shard> shards) {
  const std::int64_t batch = shards.back().first + shards.back().count;
  const std::vector<float> in = normal(batch * inputs, 1);
  const std::vector<float> slopes = normal(batch * outputs, 2);
  std::vector<std::uint64_t> numbers;
  for (std::int64_t i = 0; i < batch; ++i) numbers.push_back(static_cast<std::uint64_t>(3 * i));
  Outcome result;
  result.outputs.resize(static_cast<std::size_t>(batch * outputs));
  const int members = static_cast<int>(shards.size());
  ThreadTeam team(members);
  network.prepare(nn::Mode::train_weights, shards);
  team.run(members, [&](int member) {
    const Shard& shard = shards[static_cast<std::size_t>(member)];
    nn::Plan& plan = network.plan(nn::Mode::train_weights, member, shard);
    const nn::PreparedWeights& weights = network.weights(nn::Mode::train_weights, shard);
    TeamHooks hooks(team, member);
    plan.set_input("in", part(in, shard, inputs));
    plan.forward(weights, {seed, part(numbers, shard, 1)}, &hooks);
    plan.get_output("out", std::span(result.outputs)
                               .subspan(static_cast<std::size_t>(shard.first * outputs),
                                        static_cast<std::size_t>(shard.count * outputs)));
    plan.set_output_gradient("out", part(slopes, shard, outputs));
    plan.backward(weights, network.gradients(member), &hooks);
  });
  const std::span<float> sum = network.sum_gradients(members);
  result.gradient.assign(sum.begin(), sum.end());
  nn::Parameters parameters = network.parameters();
  network.plan(nn::Mode::train_weights, 0, shards[0]).update_statistics(parameters);
  result.statistics = parameters.statistics;
  return result;
}

ShardedNetwork network(int threads) {
  const nn::Graph graph = small_network();
  return {graph, nn::initial_parameters(graph, seed), threads};
}

Outcome learn_afresh(const std::vector<Shard>& shards) {
  ShardedNetwork fresh = network(static_cast<int>(shards.size()));
  return learn(fresh, shards);
}

double distance(const std::vector<float>& a, const std::vector<float>& b) {
  double difference = 0;
  double size = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    const auto x = static_cast<double>(a[i]);
    const auto y = static_cast<double>(b[i]);
    difference += (x - y) * (x - y);
    size += y * y;
  }
  return std::sqrt(difference / size);
}

void expect_equal(const Outcome& a, const Outcome& b) {
  EXPECT_LE(distance(a.outputs, b.outputs), 1e-5);
  EXPECT_LE(distance(a.gradient, b.gradient), 1e-5);
  EXPECT_LE(distance(a.statistics, b.statistics), 1e-5);
}

TEST(ShardedNetwork, KnowsHowManyPlansItHasCompiled) {
  const nn::Graph graph = small_network();
  ShardedNetwork network(graph, nn::initial_parameters(graph, 1), 2);
  EXPECT_EQ(network.compile_times().plans, 0);
  network.compile(nn::Mode::train_weights, split_batch(5, 2));
  network.compile(nn::Mode::infer, split_batch(5, 2));
  network.compile(nn::Mode::infer, split_batch(5, 2));  // there already
  const nn::CompileTimes times = network.compile_times();
  EXPECT_EQ(times.plans, 4);
  EXPECT_GT(times.slowest, 0);
  EXPECT_GT(times.seconds, times.slowest);
}

TEST(ShardedNetwork, ShardsTogetherLearnWhatOneThreadLearnsFromTheWholeBatch) {
  const Outcome whole = learn_afresh({{0, 7}});
  expect_equal(learn_afresh(split_batch(7, 2)), whole);
  expect_equal(learn_afresh(split_batch(7, 3)), whole);
  expect_equal(learn_afresh(split_batch(7, 7)), whole);
}

TEST(ShardedNetwork, ShardsMayBeOfAnySize) {
  expect_equal(learn_afresh({{0, 5}, {5, 1}, {6, 1}}), learn_afresh({{0, 7}}));
  expect_equal(learn_afresh({{0, 1}, {1, 6}}), learn_afresh({{0, 7}}));
}

TEST(ShardedNetwork, TheSameShardsGiveTheSameBits) {
  const Outcome first = learn_afresh(split_batch(7, 3));
  const Outcome second = learn_afresh(split_batch(7, 3));
  EXPECT_EQ(first.gradient, second.gradient);
  EXPECT_EQ(first.statistics, second.statistics);
}

TEST(ShardedNetwork, GradientsStartFromZeroInEveryPass) {
  ShardedNetwork used = network(2);
  const Outcome first = learn(used, split_batch(6, 2));
  EXPECT_EQ(learn(used, split_batch(6, 2)).gradient, first.gradient);
}

TEST(ShardedNetwork, BatchesOfOtherSizesMayComeBetween) {
  ShardedNetwork used = network(3);
  const Outcome first = learn(used, split_batch(7, 3));
  expect_equal(learn(used, split_batch(2, 3)), learn_afresh({{0, 2}}));
  EXPECT_EQ(learn(used, split_batch(7, 3)).gradient, first.gradient);
}

TEST(ShardedNetwork, ChangedWeightsAreUsedInTheNextPass) {
  ShardedNetwork used = network(2);
  const Outcome first = learn(used, split_batch(4, 2));
  for (float& weight : used.change().trainable) weight *= 1.5f;
  const Outcome second = learn(used, split_batch(4, 2));
  EXPECT_GT(distance(second.outputs, first.outputs), 0.1);
  nn::Parameters parameters = used.parameters();
  ShardedNetwork fresh(small_network(), parameters, 2);
  EXPECT_EQ(learn(fresh, split_batch(4, 2)).outputs, second.outputs);
}

TEST(ShardedNetwork, LearnsNearlyTheSameInBf16) {
  if (!has_instructions(Precision::bf16)) {
    GTEST_SKIP() << "this processor has no instructions for bf16";
  }
  const nn::Graph graph = small_network();
  EXPECT_EQ(network(2).precision(), Precision::f32);
  const Outcome exact = learn_afresh(split_batch(7, 2));
  ShardedNetwork lower(graph, nn::initial_parameters(graph, seed), 2, Precision::bf16);
  EXPECT_EQ(lower.precision(), Precision::bf16);
  const Outcome found = learn(lower, split_batch(7, 2));
  EXPECT_NE(found.gradient, exact.gradient);
  EXPECT_LE(distance(found.outputs, exact.outputs), 2e-2);
  EXPECT_LE(distance(found.statistics, exact.statistics), 1e-2);
  // A few numbers are moved over the kinks of the activations.
  EXPECT_LE(distance(found.gradient, exact.gradient), 6e-2);
  EXPECT_EQ(learn(lower, split_batch(7, 2)).gradient, found.gradient);
}

std::int64_t bytes_of(const ShardedNetwork& network) {
  std::int64_t bytes = 0;
  for (const auto& arena : network.arenas()) bytes += static_cast<std::int64_t>(arena->bytes());
  return bytes;
}

TEST(ShardedNetworkTest, PlansAreCompiledOnceAndTheirBytesAddUp) {
  const nn::Graph graph = small_network();
  ShardedNetwork network(graph, nn::initial_parameters(graph, 1), 2);
  EXPECT_EQ(bytes_of(network), 0);
  const std::vector<Shard> shards = split_batch(5, 2);  // 3 and 2
  network.compile(nn::Mode::train_weights, shards);
  std::int64_t expected = 0;
  for (const Shard& shard : shards) {
    const nn::Plan plan = nn::compile(graph, {nn::Mode::train_weights, shard.count});
    expected += static_cast<std::int64_t>(plan.arena_bytes());
  }
  EXPECT_GT(expected, 0);
  EXPECT_EQ(bytes_of(network), expected);
  network.prepare(nn::Mode::train_weights, shards);
  EXPECT_EQ(bytes_of(network), expected) << "a step needs no plan beside these";
  network.compile(nn::Mode::infer, shards);
  EXPECT_GT(bytes_of(network), expected);
}

TEST(ShardedNetworkTest, SharedMemoryIsThatOfTheLargestPlanAndChangesNothing) {
  const std::vector<Shard> shards = split_batch(5, 2);
  ShardedNetwork apart = network(2);
  const Outcome expected = learn(apart, shards);
  const std::int64_t for_learning = bytes_of(apart);

  ShardedNetwork together = network(2);
  const std::vector<std::shared_ptr<nn::Arena>> shared{std::make_shared<nn::Arena>(),
                                                       std::make_shared<nn::Arena>()};
  for (const nn::Mode mode : {nn::Mode::infer, nn::Mode::train_weights, nn::Mode::train_inputs}) {
    together.share_memory(mode, shared);
  }
  together.compile(nn::Mode::infer, shards);
  together.compile(nn::Mode::train_inputs, shards);
  EXPECT_EQ(learn(together, shards).gradient, expected.gradient);
  EXPECT_LT(static_cast<std::int64_t>(shared[0]->bytes() + shared[1]->bytes()), 2 * for_learning);
  EXPECT_GE(static_cast<std::int64_t>(shared[0]->bytes() + shared[1]->bytes()), for_learning);
}

}  // namespace
}  // namespace showergan::gan
