#include "layers/train_layer_flow.hpp"

#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "layers/layer_code.hpp"
#include "layers/layer_regressors.hpp"
#include "layers/marginal.hpp"
#include "layers/standardisation.hpp"
#include "layers/width_learner.hpp"
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
  recipe.width_epochs = 2;
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

/// Layers that the flow's nodes make of `noise`, one row for each of the primary's energies.
std::vector<Layers> drawn_layers(const LearntLayerFlow& learnt, const LayerCode& code,
                                 const flow::LayerFlow& flow, const std::vector<float>& energies,
                                 const std::vector<float>& noise) {
  nn::Graph graph;
  const nn::NodeId input = graph.add("noise", nn::Input{{flow.noise_size()}});
  const nn::NodeId condition = graph.add("condition", nn::Input{{1}});
  const flow::LayerNodes nodes = append_layer_flow(graph, flow, "flow_", input, condition);
  graph.set_output("energy", nodes.energy);
  graph.set_output("shape", nodes.shape);
  nn::Parameters parameters = nn::initial_parameters(graph, 1);
  EXPECT_EQ(learnt.parameters.size(), graph.parameters().size());
  for (const nn::Parameter& parameter : graph.parameters()) {
    const std::vector<float>& value = learnt.parameters.at(parameter.name.substr(5));
    const auto place = parameters.of(parameter);
    EXPECT_EQ(value.size(), place.size()) << parameter.name;
    std::ranges::copy(value, place.begin());
  }
  nn::Plan plan = nn::compile(graph, {.batch = std::ssize(energies)});
  plan.set_input("noise", noise);
  plan.set_input("condition", energies);
  plan.forward(*plan.prepare(parameters));
  const auto n = static_cast<std::size_t>(code.layers());
  std::vector<float> energy(energies.size() * n);
  std::vector<float> shape(energies.size() * 4 * n);
  plan.get_output("energy", energy);
  plan.get_output("shape", shape);
  std::vector<Layers> result;
  for (std::size_t i = 0; i < energies.size(); ++i) {
    const auto row = [&](const std::vector<float>& from, std::size_t place) {
      const auto begin = from.begin() + static_cast<std::ptrdiff_t>(place * n);
      return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(n));
    };
    result.push_back({row(energy, i), row(shape, 4 * i), row(shape, 4 * i + 1),
                      row(shape, 4 * i + 2), row(shape, 4 * i + 3)});
  }
  return result;
}

std::vector<float> normal_noise(const LayerCode& code, std::size_t showers) {
  std::vector<float> noise(showers * static_cast<std::size_t>(flow_of(code).noise_size()));
  CounterRandom(7, RandomPurpose::noise).fill_normal(0, noise);
  return noise;
}

/// What the flow's nodes make of noise: the sums of the layers over the primary's energy, and the
/// part of the showers whose last layer is empty.
struct Drawn {
  double response = 0;
  double spread = 0;
  double empty = 0;
};

Drawn draw(const LearntLayerFlow& learnt, float energy, std::size_t count) {
  const LayerCode code = toy_code();
  Drawn drawn;
  double squares = 0;
  for (const Layers& layers :
       drawn_layers(learnt, code, flow_of(code), std::vector<float>(count, energy),
                    normal_noise(code, count))) {
    const double sum = std::accumulate(layers.energy.begin(), layers.energy.end(), 0.0) /
                       static_cast<double>(energy);
    drawn.response += sum / static_cast<double>(count);
    squares += sum * sum / static_cast<double>(count);
    if (layers.energy.back() == 0) drawn.empty += 1 / static_cast<double>(count);
  }
  drawn.spread = std::sqrt(squares - drawn.response * drawn.response);
  return drawn;
}

/// Codes of two layers of which every second number is bent, but for the widths: x2 = x1² and a
/// little noise, where a normal distribution sees no relation.
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
    for (float& width : numbers.last(4)) width = 0.5f + 0.1f * std::abs(normal(random));
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
  EXPECT_LT(best_of(flow), 0.3) << "0.5 is that of the normal numbers which it starts from";
  for (const double loss : flow.validation_loss) EXPECT_GE(loss, best_of(flow));
}

/// Mean and standard deviation of a number of each shower for which it is not a NaN.
template <typename Number>
std::pair<double, double> moments(const std::vector<Layers>& showers, const Number& number) {
  double count = 0;
  double sum = 0;
  double squares = 0;
  for (const Layers& layers : showers) {
    const double value = number(layers);
    if (std::isnan(value)) continue;
    ++count;
    sum += value;
    squares += value * value;
  }
  const double mean = sum / count;
  return {mean, std::sqrt(squares / count - mean * mean)};
}

TEST(LayerFlow, DrawsLayersLikeGeant4s) {
  const auto path = test::shared_data("geant4/showers-train.h5");
  SHOWERGAN_NEEDS_FILE(path);
  const ShowerReader reader(path);
  const LayerCode code(physics::unit_geometry(reader.grid()));
  LayerFlowRecipe recipe;
  recipe.epochs = 5;
  recipe.width_epochs = 20;
  recipe.batch = 128;
  ThreadTeam team(2);
  const flow::LayerFlow flow{code.layer_geometry(), {{"energy", 10, 500}}};
  const LearntLayerFlow learnt =
      train_layer_flow(flow, sample_of(code, reader.read(0, 2500), 1),
                       sample_of(code, reader.read(2500, 500), 2), recipe, team);
  const ShowerBatch others = reader.read(3000, 2000);
  std::vector<Layers> real;
  for (std::int64_t i = 0; i < others.size(); ++i) real.push_back(code.measure(others.shower(i)));
  const std::vector<Layers> drawn =
      drawn_layers(learnt, code, flow, others.energy, normal_noise(code, others.energy.size()));
  for (std::size_t l = 2; l < 18; l += 3) {
    const auto compare = [&](const char* what, auto number) {
      const auto [mean, spread] = moments(real, number);
      const auto [drawn_mean, drawn_spread] = moments(drawn, number);
      EXPECT_NEAR(drawn_mean, mean, 0.12 * spread) << what << " of layer " << l;
      EXPECT_NEAR(drawn_spread, spread, 0.12 * spread) << what << " of layer " << l;
    };
    compare("energy", [&](const Layers& layers) { return std::log(layers.energy[l] + 1e-6); });
    compare("centre", [&](const Layers& layers) { return layers.centre_x[l]; });
    compare("width", [&](const Layers& layers) { return std::log(layers.width_y[l] + 0.03); });
  }
  // A layer of narrow core is wide where the shower meets the border of two cells, and its centre
  // is where the whole shower's is.
  const auto width = [](double low, double high) {
    return [=](const Layers& layers) {
      const double c = std::abs(layers.centre_x[4]);
      return c >= low && c < high ? layers.width_x[4] : std::nan("");
    };
  };
  const double inside = moments(real, width(0, 0.1)).first;
  const double border = moments(real, width(0.4, 0.6)).first;
  EXPECT_GT(border, 1.2 * inside);
  EXPECT_NEAR(moments(drawn, width(0, 0.1)).first, inside, 0.03);
  EXPECT_NEAR(moments(drawn, width(0.4, 0.6)).first, border, 0.03);
  const auto difference = [](const Layers& layers) {
    return layers.centre_x[8] - layers.centre_x[6];
  };
  EXPECT_NEAR(moments(drawn, difference).second, moments(real, difference).second,
              0.12 * moments(real, difference).second);
}

/// The code of normal numbers without a flow and with networks of widths that have learned nothing,
/// by the definitions one after the other.
std::vector<float> code_of(const Standardisation& map, const LayerRegressors& regressors,
                           std::span<const float> noise, std::size_t size, float energy) {
  const std::span<const float> x = noise.first(size);
  std::vector<double> residuals(size);
  for (std::size_t i = 0; i < size; ++i) {
    double normal = 0;
    for (std::size_t k = 0; k <= i; ++k) {
      normal += map.root()[i * size + k] * static_cast<double>(x[k]);
    }
    residuals[i] = test::marginal(map, i, normal);
  }
  std::vector<float> code(size);
  std::vector<float> inputs(regressors.inputs());
  std::vector<double> terms;
  for (std::size_t i = 0; i < size; ++i) {
    regressors.fill_inputs(code, {&energy, 1}, inputs);
    terms.resize(regressors.count(i));
    regressors.fill(i, {code, inputs, residuals}, terms);
    double mean = map.mean(i)[0];
    double spread = map.log_spread(i)[0];
    for (std::size_t k = 0; k < terms.size(); ++k) {
      mean += map.mean(i)[k + 1] * terms[k];
      spread += map.log_spread(i)[k + 1] * terms[k];
    }
    code[i] = static_cast<float>(mean + std::exp(spread) * residuals[i]);
  }
  // A width is e^(z e^-0.7), and there is one with probability Φ(2).
  const std::span<const float> chance = noise.subspan(size);
  for (std::size_t k = 0; k < chance.size(); ++k) {
    float& width = code[size - chance.size() + k];
    width = chance[k] + 2 > 0 ? std::exp(width * std::exp(-0.7f)) : 0;
  }
  return code;
}

/// Regressors are written down twice, for showers and as nodes: they must be the same.
void expect_the_graph_to_invert(const Grid& grid) {
  SCOPED_TRACE(grid.nx);
  std::mt19937_64 random(5);
  std::gamma_distribution<float> cell(0.5f, 0.01f);
  LayerSample sample;
  const LayerCode code(physics::unit_geometry(grid));
  const flow::LayerFlow flow{code.layer_geometry(), conditions, 2, 8};
  for (std::uint64_t i = 0; i < 400; ++i) {
    std::vector<float> image(static_cast<std::size_t>(grid.nx * grid.ny * grid.nz));
    for (float& value : image) value = cell(random);
    const float energy = 10 + 90 * static_cast<float>(i) / 400;
    code.encode(code.measure(image), static_cast<double>(energy), 1, i,
                sample.add(code.size(), {&energy, 1}));
  }
  LayerFlowRecipe recipe = toy_recipe();
  recipe.rate = 0;  // a flow begins as the identity
  recipe.epochs = 1;
  ThreadTeam team(1);
  const LearntLayerFlow learnt = train_layer_flow(flow, sample, sample, recipe, team);
  const LayerRegressors regressors(flow);
  training::SupervisedRecipe of_widths;
  of_widths.rate = 0;
  of_widths.epochs = 1;
  const WidthLearner widths(flow, sample, sample, of_widths, team);
  const std::vector<float> normal = widths.normal_codes(sample, recipe.seed, team);
  std::vector<float> inputs;
  for (std::size_t i = 0; i < 400; ++i) {
    std::vector<float> row(regressors.inputs());
    regressors.fill_inputs(std::span(sample.codes)
                               .subspan(i * static_cast<std::size_t>(code.size()),
                                        static_cast<std::size_t>(code.size())),
                           std::span(sample.conditions).subspan(i, 1), row);
    inputs.insert(inputs.end(), row.begin(), row.end());
  }
  const auto size = static_cast<std::size_t>(code.size());
  const Standardisation map({normal, inputs, size, regressors.inputs()}, regressors);
  const std::vector<float> primaries = {12, 40, 90};
  const std::vector<float> noise = normal_noise(code, primaries.size());
  const std::size_t row_size = noise.size() / primaries.size();
  const std::vector<Layers> drawn = drawn_layers(learnt, code, flow, primaries, noise);
  for (std::size_t i = 0; i < primaries.size(); ++i) {
    const Layers expected =
        code.decode(code_of(map, regressors, std::span(noise).subspan(i * row_size, row_size), size,
                            primaries[i]),
                    static_cast<double>(primaries[i]));
    for (std::size_t l = 0; l < expected.energy.size(); ++l) {
      EXPECT_NEAR(drawn[i].energy[l], expected.energy[l], 1e-4 * expected.energy[l]);
      EXPECT_NEAR(drawn[i].centre_x[l], expected.centre_x[l], 1e-4);
      EXPECT_NEAR(drawn[i].centre_y[l], expected.centre_y[l], 1e-4);
      EXPECT_NEAR(drawn[i].width_x[l], expected.width_x[l], 1e-4);
      EXPECT_NEAR(drawn[i].width_y[l], expected.width_y[l], 1e-4);
    }
  }
}

TEST(LayerFlow, NodesUndoTheStandardisation) {
  expect_the_graph_to_invert({5, 5, 3});
  expect_the_graph_to_invert({6, 4, 3});
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
