#include "layers/train_layer_flow.hpp"

#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "layers/layer_code.hpp"
#include "nn/plan/plan.hpp"
#include "physics/toy_showers.hpp"
#include "store/shower_reader.hpp"
#include "support/error_text.hpp"
#include "support/shared_data.hpp"

namespace showergan::layers {
namespace {

const std::vector<ConditionRange> conditions = {{"energy", 10, 100}};

LayerCode toy_code() {
  return LayerCode(physics::unit_geometry(test::toy_showers(1, {20}).grid));
}

flow::LayerFlow flow_of(const LayerCode& code) {
  return {code.layer_geometry(), conditions, 4, 32};
}

LayerSample sample_of(const LayerCode& code, const ShowerBatch& batch, std::uint64_t seed) {
  LayerSample sample;
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    const float energy = batch.energy[static_cast<std::size_t>(i)];
    code.encode(code.measure(batch.shower(i)), static_cast<double>(energy), seed,
                static_cast<std::uint64_t>(i), sample.add(code.size(), {&energy, 1}));
  }
  return sample;
}

LayerSample toy_sample(const LayerCode& code, std::uint64_t seed, std::int64_t count) {
  return sample_of(code, test::toy_showers(seed, test::toy_energies(seed, count)), seed);
}

LayerFlowRecipe toy_recipe() {
  LayerFlowRecipe recipe;
  recipe.batch = 128;
  recipe.epochs = 12;
  return recipe;
}

LearntLayerFlow toy_flow(int threads, std::uint64_t seed = 1) {
  const LayerCode code = toy_code();
  LayerFlowRecipe recipe = toy_recipe();
  recipe.seed = seed;
  ThreadTeam team(threads);
  return train_layer_flow(flow_of(code), toy_sample(code, 1, 1500), toy_sample(code, 2, 400),
                          recipe, team);
}

/// What the flow's nodes make of noise: the sums of the layers over the primary's energy, and the
/// part of the showers whose last layer is empty.
struct Drawn {
  double response = 0;
  double spread = 0;
  double empty = 0;
};

Drawn draw(const LearntLayerFlow& learnt, double energy, std::int64_t count) {
  const LayerCode code = toy_code();
  nn::Graph graph;
  const nn::NodeId noise = graph.add("noise", nn::Input{{code.size()}});
  const nn::NodeId condition = graph.add("condition", nn::Input{{1}});
  graph.set_output("energy",
                   append_layer_flow(graph, flow_of(code), "flow_", noise, condition).energy);
  nn::Parameters parameters = nn::initial_parameters(graph, 1);
  EXPECT_EQ(learnt.parameters.size(), graph.parameters().size());
  for (const nn::Parameter& parameter : graph.parameters()) {
    const std::vector<float>& value = learnt.parameters.at(parameter.name.substr(5));
    const auto place = parameters.of(parameter);
    EXPECT_EQ(value.size(), place.size()) << parameter.name;
    std::ranges::copy(value, place.begin());
  }
  nn::Plan plan = nn::compile(graph, {.batch = count});
  std::vector<float> normal(static_cast<std::size_t>(count * code.size()));
  CounterRandom(7, RandomPurpose::noise).fill_normal(0, normal);
  plan.set_input("noise", normal);
  plan.set_input("condition",
                 std::vector<float>(static_cast<std::size_t>(count), static_cast<float>(energy)));
  plan.forward(*plan.prepare(parameters));
  const auto layers = static_cast<std::size_t>(code.layers());
  std::vector<float> energies(static_cast<std::size_t>(count) * layers);
  plan.get_output("energy", energies);
  Drawn drawn;
  double squares = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto shower = std::span(energies).subspan(i * layers, layers);
    const double sum = std::accumulate(shower.begin(), shower.end(), 0.0) / energy;
    drawn.response += sum / static_cast<double>(count);
    squares += sum * sum / static_cast<double>(count);
    if (shower.back() == 0) drawn.empty += 1 / static_cast<double>(count);
  }
  drawn.spread = std::sqrt(squares - drawn.response * drawn.response);
  return drawn;
}

/// Codes of two layers of which every second number is bent: x2 = x1² and a little noise, where a
/// normal distribution sees no relation.
LayerSample bent_sample(const LayerCode& code, std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  std::uniform_real_distribution<float> uniform(10, 100);
  LayerSample sample;
  for (std::size_t i = 0; i < count; ++i) {
    const float energy = uniform(random);
    const std::span<float> numbers = sample.add(code.size(), {&energy, 1});
    for (std::size_t k = 0; k < numbers.size(); k += 2) {
      numbers[k] = normal(random);
      numbers[k + 1] = numbers[k] * numbers[k] + 0.2f * normal(random);
    }
  }
  return sample;
}

double best_of(const LearntLayerFlow& flow) {
  return flow.validation_loss[static_cast<std::size_t>(flow.best_epoch)];
}

TEST(LayerFlow, LearnsMoreThanANormalDistribution) {
  const LayerCode code(physics::unit_geometry({5, 5, 2}));
  ThreadTeam team(2);
  LayerFlowRecipe recipe = toy_recipe();
  recipe.epochs = 40;
  const LearntLayerFlow flow = train_layer_flow(flow_of(code), bent_sample(code, 1, 4000),
                                                bent_sample(code, 2, 1000), recipe, team);
  ASSERT_EQ(flow.validation_loss.size(), 40u);
  EXPECT_LT(best_of(flow), 0.2) << "0.5 is that of the normal numbers which it starts from";
  for (const double loss : flow.validation_loss) EXPECT_GE(loss, best_of(flow));
}

TEST(LayerFlow, LearnsLayersOfGeant4) {
  const auto path = test::shared_data("geant4/showers-train.h5");
  SHOWERGAN_NEEDS_FILE(path);
  const ShowerReader reader(path);
  const LayerCode code(physics::unit_geometry(reader.grid()));
  LayerFlowRecipe recipe;
  recipe.epochs = 30;
  recipe.batch = 128;
  ThreadTeam team(2);
  const LearntLayerFlow flow = train_layer_flow(
      {code.layer_geometry(), {{"energy", 10, 500}}}, sample_of(code, reader.read(0, 2500), 1),
      sample_of(code, reader.read(2500, 500), 2), recipe, team);
  EXPECT_LT(best_of(flow), 0.49) << "0.5 is that of the normal numbers which it starts from";
}

TEST(LayerFlow, DrawsLayersLikeThoseItHasSeen) {
  const LearntLayerFlow flow = toy_flow(2);
  // The same from showers, at energies around 50 GeV.
  const ShowerBatch batch = test::toy_showers(3, std::vector<float>(2000, 50.0f));
  double mean = 0;
  double squares = 0;
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    const auto cells = batch.shower(i);
    const double sum = std::accumulate(cells.begin(), cells.end(), 0.0) / 50;
    mean += sum / 2000;
    squares += sum * sum / 2000;
  }
  const Drawn drawn = draw(flow, 50, 2000);
  const double spread = std::sqrt(squares - mean * mean);
  EXPECT_NEAR(drawn.response, mean, 0.15 * spread);
  EXPECT_NEAR(drawn.spread, spread, 0.15 * spread);
  EXPECT_GT(drawn.empty, 0.9) << "the last layer of the toy showers is empty";
}

TEST(LayerFlow, IsTheSameWithAnyNumberOfThreads) {
  const auto one = toy_flow(1).parameters;
  EXPECT_EQ(one, toy_flow(3).parameters);
  EXPECT_NE(one, toy_flow(1, 2).parameters);
}

TEST(LayerFlow, NeedsEnoughShowers) {
  const LayerCode code = toy_code();
  ThreadTeam team(1);
  EXPECT_TRUE(test::input_error([&] {
                train_layer_flow(flow_of(code), toy_sample(code, 1, 20), toy_sample(code, 2, 20),
                                 toy_recipe(), team);
              }).starts_with("too few showers to learn the layers from"));
  EXPECT_EQ(test::input_error([&] {
              train_layer_flow(flow_of(code), toy_sample(code, 1, 200), {}, toy_recipe(), team);
            }),
            "there is nothing to validate with (the set is empty); give more samples");
}

}  // namespace
}  // namespace showergan::layers
