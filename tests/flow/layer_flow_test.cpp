#include "flow/layer_flow.hpp"

#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "flow/layer_graph.hpp"
#include "nn/plan/plan.hpp"
#include "physics/toy_showers.hpp"
#include "store/shower_reader.hpp"
#include "support/error_text.hpp"
#include "support/shared_data.hpp"

namespace showergan::flow {
namespace {

const std::vector<ConditionRange> conditions = {{"energy", 10, 100}};

LayerCode toy_code() {
  return LayerCode(physics::unit_geometry(test::toy_showers(1, {20}).grid));
}

LayerSample toy_sample(const LayerCode& code, std::uint64_t seed, std::int64_t count) {
  const ShowerBatch batch = test::toy_showers(seed, test::toy_energies(seed, count));
  LayerSample sample;
  sample.conditions = batch.energy;
  const auto size = static_cast<std::size_t>(code.size());
  sample.codes.resize(static_cast<std::size_t>(count) * size);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto row = static_cast<std::size_t>(i);
    code.encode(code.measure(batch.shower(i)), static_cast<double>(batch.energy[row]), seed,
                static_cast<std::uint64_t>(i), std::span(sample.codes).subspan(row * size, size));
  }
  return sample;
}

LayerFlowRecipe toy_recipe() {
  LayerFlowRecipe recipe;
  recipe.blocks = 4;
  recipe.units = 32;
  recipe.batch = 128;
  recipe.epochs = 12;
  return recipe;
}

LayerFlow toy_flow(int threads, std::uint64_t seed = 1) {
  const LayerCode code = toy_code();
  LayerFlowRecipe recipe = toy_recipe();
  recipe.seed = seed;
  ThreadTeam team(threads);
  return LayerFlow(code, ConditionFeatures(conditions), toy_sample(code, 1, 1500),
                   toy_sample(code, 2, 400), recipe, team);
}

/// What the flow's nodes make of noise: the sums of the layers over the primary's energy, and the
/// part of the showers whose last layer is empty.
struct Drawn {
  double response = 0;
  double spread = 0;
  double empty = 0;
};

Drawn draw(const LayerFlow& flow, double energy, std::int64_t count) {
  const LayerCode code = toy_code();
  nn::Graph graph;
  const nn::NodeId noise = graph.add("noise", nn::Input{{code.size()}});
  const nn::NodeId condition = graph.add("condition", nn::Input{{1}});
  const nn::NodeId numbers = flow.append(graph, "flow_", noise, condition);
  graph.set_output("energy", append_layers(graph, code, "layers_", numbers, condition).energy);
  nn::Parameters parameters = nn::initial_parameters(graph, 1);
  const auto values = flow.parameters("flow_");
  EXPECT_EQ(values.size(), graph.parameters().size());
  for (const nn::Parameter& parameter : graph.parameters()) {
    const std::vector<float>& value = values.at(parameter.name);
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
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<float> energy(10, 100);
  LayerSample sample;
  for (std::size_t i = 0; i < count; ++i) {
    sample.conditions.push_back(energy(random));
    for (std::int64_t k = 0; k < code.size(); k += 2) {
      const double x = normal(random);
      sample.codes.push_back(x);
      sample.codes.push_back(x * x + 0.2 * normal(random));
    }
  }
  return sample;
}

TEST(LayerFlow, LearnsMoreThanANormalDistribution) {
  const LayerCode code(physics::unit_geometry({5, 5, 2}));
  ThreadTeam team(2);
  LayerFlowRecipe recipe = toy_recipe();
  recipe.epochs = 40;
  const LayerFlow flow(code, ConditionFeatures(conditions), bent_sample(code, 1, 4000),
                       bent_sample(code, 2, 1000), recipe, team);
  ASSERT_EQ(flow.validation_loss().size(), 40u);
  const double best = flow.validation_loss()[static_cast<std::size_t>(flow.best_epoch())];
  EXPECT_LT(best, 0.2) << "0.5 is that of the normal numbers which it starts from";
  for (const double loss : flow.validation_loss()) EXPECT_GE(loss, best);
}

TEST(LayerFlow, LearnsLayersOfGeant4) {
  const auto path = test::shared_data("geant4/showers-train.h5");
  SHOWERGAN_NEEDS_FILE(path);
  const ShowerReader reader(path);
  const ShowerBatch batch = reader.read(0, 3000);
  const LayerCode code(physics::unit_geometry(batch.grid));
  LayerSample parts[2];
  const auto size = static_cast<std::size_t>(code.size());
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    LayerSample& part = parts[i % 6 == 0 ? 1 : 0];
    const auto row = static_cast<std::size_t>(i);
    part.conditions.push_back(batch.energy[row]);
    part.codes.resize(part.codes.size() + size);
    code.encode(code.measure(batch.shower(i)), static_cast<double>(batch.energy[row]), 1,
                static_cast<std::uint64_t>(i), std::span(part.codes).last(size));
  }
  LayerFlowRecipe recipe;
  recipe.epochs = 30;
  recipe.batch = 128;
  ThreadTeam team(2);
  const LayerFlow flow(code, ConditionFeatures({{"energy", 10, 500}}), parts[0], parts[1], recipe,
                       team);
  EXPECT_LT(flow.validation_loss()[static_cast<std::size_t>(flow.best_epoch())], 0.47)
      << "0.5 is that of the normal numbers which it starts from";
}

TEST(LayerFlow, DrawsLayersLikeThoseItHasSeen) {
  const LayerFlow flow = toy_flow(2);
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
  const LayerFlow one = toy_flow(1);
  EXPECT_EQ(one.parameters("x_"), toy_flow(3).parameters("x_"));
  EXPECT_NE(one.parameters("x_"), toy_flow(1, 2).parameters("x_"));
}

TEST(LayerFlow, NeedsEnoughShowers) {
  const LayerCode code = toy_code();
  ThreadTeam team(1);
  EXPECT_TRUE(test::input_error([&] {
                LayerFlow(code, ConditionFeatures(conditions), toy_sample(code, 1, 20),
                          toy_sample(code, 2, 20), toy_recipe(), team);
              }).starts_with("too few showers to learn the layers from"));
  EXPECT_EQ(test::input_error([&] {
              LayerFlow(code, ConditionFeatures(conditions), toy_sample(code, 1, 200), {},
                        toy_recipe(), team);
            }),
            "there is nothing to validate with (the set is empty); give more samples");
}

}  // namespace
}  // namespace showergan::flow
