// One step of the published recipe against PyTorch's; step_fixture.py says how the file is made.

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "gan/adversarial_step.hpp"
#include "store/named_arrays.hpp"

namespace showergan::gan {
namespace {

const NamedArrays& fixture() {
  static const NamedArrays arrays = [] {
    const char* source = std::getenv("SHOWERGAN_SOURCE_DIR");
    return read_named_arrays(std::filesystem::path(source == nullptr ? "." : source) / "tests" /
                             "gan" / "step_fixture.h5");
  }();
  return arrays;
}

const std::vector<float>& numbers(const std::string& name) {
  return fixture().at(name).values;
}

double number(const std::string& name) {
  return static_cast<double>(numbers(name).at(0));
}

/// recipes/3dgan.toml, with what the fixture has of its own.
Recipe recipe(const std::string& name) {
  std::vector<std::string> settings;
  if (name == "smooth") settings.push_back("discriminator.optimizer=sgd");
  Recipe result = load_recipe("3dgan", settings);
  result.seed = static_cast<std::uint64_t>(number("settings/seeds"));
  result.label_flips = number("settings/flips");
  result.data.scale = 100;
  if (name == "smooth") result.discriminator.rate = number("settings/smooth/rate");
  return result;
}

/// The graph with changed operators of one kind.
template <class Operator>
nn::Graph changed(const nn::Graph& graph, const std::function<void(Operator&)>& change) {
  nn::Graph result;
  for (const nn::Node& node : graph.nodes()) {
    nn::Operation operation = node.operation;
    if (auto* op = std::get_if<Operator>(&operation)) change(*op);
    result.add(node.name, operation, node.inputs);
  }
  for (const nn::Output& output : graph.outputs()) result.set_output(output.name, output.node);
  return result;
}

nn::Graph without_kinks(const nn::Graph& graph) {
  return changed<nn::Activation>(graph, [](nn::Activation& activation) {
    if (activation.function == nn::Function::leaky_relu) activation = {nn::Function::softplus};
    if (activation.function == nn::Function::relu) activation = {nn::Function::power, 2};
  });
}

/// models/3dgan.toml, or the same with smooth activations.
const ModelDefinition& definition(const std::string& name = "published") {
  static const ModelDefinition published = find_definition("3dgan");
  static const ModelDefinition smooth = [] {
    ModelDefinition model = published;
    model.generator = without_kinks(model.generator);
    model.discriminator = without_kinks(*model.discriminator);
    return model;
  }();
  return name == "smooth" ? smooth : published;
}

/// Sparse images whose sums are about those of showers.
TrainingBatch monte_carlo() {
  TrainingBatch batch;
  batch.showers.grid = {25, 25, 25};
  const auto seed = static_cast<std::uint64_t>(numbers("settings/seeds")[1]);
  std::vector<float> hit(25 * 25 * 25);
  std::vector<float> u(hit.size());
  for (const float index : numbers("settings/index")) {
    const std::size_t i = batch.index.size();
    const float energy = 60.0f + 90.0f * static_cast<float>(i);
    CounterRandom(seed, RandomPurpose::noise, 0).fill_uniform(i, hit);
    CounterRandom(seed, RandomPurpose::noise, 1).fill_uniform(i, u);
    for (std::size_t c = 0; c < hit.size(); ++c) {
      batch.showers.cells.push_back(hit[c] < 0.1f ? u[c] * u[c] * u[c] * (energy * 0.005f) : 0.0f);
    }
    batch.showers.energy.push_back(energy);
    batch.index.push_back(static_cast<std::uint64_t>(index));
  }
  batch.global_size = batch.showers.size();
  return batch;
}

/// What the parameters start from instead of the constants of a fresh network.
void set_start(const nn::Parameter& parameter, std::span<float> values) {
  struct Ramp {
    double start, slope;
  };
  static const std::map<std::string, Ramp> ramps = {
      {"bias", {0.1, -0.01}},           {"gamma", {1.1, -0.02}},
      {"beta", {0.05, 0.01}},           {"moving_mean", {0.02, 0.01}},
      {"moving_variance", {0.5, 0.03}}, {"dense_1/bias", {0.03, -1e-5}}};
  if (parameter.name == "conv3d_4/kernel") {
    for (float& value : values) value *= numbers("settings/last_scale")[0];
    return;
  }
  auto ramp = ramps.find(parameter.name);
  if (ramp == ramps.end()) ramp = ramps.find(parameter.role);
  if (ramp == ramps.end()) return;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] =
        static_cast<float>(ramp->second.start + ramp->second.slope * static_cast<double>(i));
  }
}

void restore_start(const std::string& name, AdversarialStep& step) {
  Checkpoint checkpoint;
  step.store(checkpoint);
  for (const std::string network : {"generator", "discriminator"}) {
    const nn::Graph& graph =
        network == "generator" ? step.generator().graph() : step.discriminator().graph();
    nn::Parameters parameters{checkpoint.arrays.at(network + "/trainable"),
                              checkpoint.arrays.at(network + "/statistics")};
    for (const nn::Parameter& p : graph.parameters()) set_start(p, parameters.of(p));
    checkpoint.arrays[network + "/trainable"] = parameters.trainable;
    checkpoint.arrays[network + "/statistics"] = parameters.statistics;
    const auto squares = checkpoint.arrays.find(network + "/optimizer/mean_square");
    if (squares != checkpoint.arrays.end()) {
      squares->second.assign(
          squares->second.size(),
          numbers("settings/" + name + "/mean_squares")[network == "generator" ? 1 : 0]);
    }
  }
  step.restore(checkpoint);
}

using Networks = std::map<std::string, nn::Parameters>;

struct Outcome {
  Networks before;
  Networks after;
  StepResult result;
};

Outcome take_step(const Recipe& recipe, const ModelDefinition& definition, int threads,
                  const TrainingBatch& batch, const std::string& name) {
  AdversarialStep step(recipe, definition, threads);
  restore_start(name, step);
  const auto networks = [&]() -> Networks {
    return {{"generator", step.generator().parameters()},
            {"discriminator", step.discriminator().parameters()}};
  };
  Outcome outcome;
  outcome.before = networks();
  outcome.result = step.run(batch, {});
  outcome.after = networks();
  return outcome;
}

const nn::Graph& graph_of(const std::string& network) {
  return network == "generator" ? definition().generator : *definition().discriminator;
}

double norm(const std::vector<double>& values) {
  return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
}

std::vector<double> difference(std::vector<double> a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

/// |a − b| / |b| in the L2 norm.
double distance(const std::vector<double>& a, const std::vector<double>& b) {
  return norm(difference(a, b)) / norm(b);
}

std::vector<double> values_of(const Networks& networks, const std::string& network,
                              const nn::Parameter& parameter) {
  const std::span<const float> values = networks.at(network).of(parameter);
  return {values.begin(), values.end()};
}

std::vector<double> expected_update(const std::string& name, const std::string& network,
                                    const nn::Parameter& parameter) {
  const std::vector<float>& stored = numbers(name + "/updates/" + network + "/" + parameter.name);
  std::vector<double> update(stored.begin(), stored.end());
  for (double& value : update) value *= number(name + "/unit");
  return update;
}

/// Largest relative L2 distance of a tensor between two outcomes of the same start.
double largest_distance(const Networks& a, const Networks& b) {
  double largest = 0;
  for (const std::string network : {"generator", "discriminator"}) {
    for (const nn::Parameter& p : graph_of(network).parameters()) {
      largest = std::max(largest, distance(values_of(a, network, p), values_of(b, network, p)));
    }
  }
  return largest;
}

bool same_bits(const Networks& a, const Networks& b) {
  for (const auto& [network, parameters] : a) {
    if (parameters.trainable != b.at(network).trainable) return false;
    if (parameters.statistics != b.at(network).statistics) return false;
  }
  return true;
}

/// The step of the fixture, compared with ours.
class PublishedStep : public testing::TestWithParam<std::tuple<std::string, int>> {
 protected:
  const std::string& name() const { return std::get<0>(GetParam()); }

  template <class Check>
  void for_each_parameter(bool trainable, Check&& check) const {
    for (const std::string network : {"generator", "discriminator"}) {
      for (const nn::Parameter& p : graph_of(network).parameters()) {
        SCOPED_TRACE(network + "/" + p.name);
        if (p.trainable == trainable) check(network, p);
      }
    }
  }

  /// Where there are no kinks all digits of float32 count. Otherwise a few pre-activations lie
  /// within rounding of a kink and have the derivative of the other side; PyTorch in float32 is as
  /// far from itself in double precision (step_fixture.py --print).
  double bound(double smooth, double published) const {
    return name() == "smooth" ? smooth : published;
  }

  void expect_weights() {
    for_each_parameter(true, [&](const std::string& network, const nn::Parameter& p) {
      std::vector<double> expected = values_of(ours_.before, network, p);
      const std::vector<double> update = expected_update(name(), network, p);
      for (std::size_t i = 0; i < update.size(); ++i) expected[i] += update[i];
      EXPECT_LE(distance(values_of(ours_.after, network, p), expected), 1e-4);
    });
  }

  /// The weights hardly move in one step; what the step does is in their change. The fixture's
  /// float16 adds 2e-4; the second term is the rounding of a weight.
  void expect_updates() {
    const double relative = bound(3e-4, 3e-2);
    for_each_parameter(true, [&](const std::string& network, const nn::Parameter& p) {
      const std::vector<double> before = values_of(ours_.before, network, p);
      const std::vector<double> expected = expected_update(name(), network, p);
      const std::vector<double> update = difference(values_of(ours_.after, network, p), before);
      EXPECT_LE(norm(difference(update, expected)), relative * norm(expected) + 1e-7 * norm(before))
          << norm(difference(update, expected)) / norm(expected);
    });
  }

  void expect_statistics() {
    for_each_parameter(false, [&](const std::string& network, const nn::Parameter& p) {
      const std::vector<float>& stored = numbers(name() + "/statistics/" + network + "/" + p.name);
      const std::vector<double> expected(stored.begin(), stored.end());
      const std::vector<double> before = values_of(ours_.before, network, p);
      EXPECT_LE(distance(difference(values_of(ours_.after, network, p), before),
                         difference(expected, before)),
                bound(1e-4, 1e-3));
    });
  }

  void expect_losses(const std::string& pass, const PassLosses& losses) {
    const std::vector<float>& expected = numbers(name() + "/losses/" + pass);
    ASSERT_EQ(losses.terms.size(), expected.size());
    double total = 0;
    const std::vector<double> weights = {2, 0.1, 0.1};
    const double relative = pass == "real" ? 1e-5 : bound(1e-5, 3e-4);
    for (std::size_t t = 0; t < expected.size(); ++t) {
      const auto term = static_cast<double>(expected[t]);
      // Of a real shower the cell sum is compared with itself: 0.
      EXPECT_NEAR(losses.terms[t], term, relative * std::max(term, 1.0)) << pass << " " << t;
      total += weights[t] * term;
    }
    EXPECT_NEAR(losses.total, total, relative * total) << pass;
  }

  void expect_gradient_norms() {
    const std::vector<float>& norms = numbers(name() + "/gradient_norms");
    const double relative = bound(1e-5, 2e-3);
    EXPECT_NEAR(ours_.result.discriminator_gradient / static_cast<double>(norms[0]), 1, relative);
    EXPECT_NEAR(ours_.result.generator_gradient / static_cast<double>(norms[1]), 1, relative);
  }

  Outcome ours_ =
      take_step(recipe(name()), definition(name()), std::get<1>(GetParam()), monte_carlo(), name());
};

TEST_P(PublishedStep, IsTheStepThatPyTorchTakes) {
  expect_weights();
  expect_updates();
  expect_statistics();
  expect_losses("real", ours_.result.real);
  expect_losses("fake", ours_.result.fake);
  expect_losses("generator", ours_.result.generator);
  expect_gradient_norms();
  EXPECT_FALSE(ours_.result.images.empty);
  EXPECT_FALSE(ours_.result.images.identical);
  EXPECT_TRUE(ours_.result.finite());
}

INSTANTIATE_TEST_SUITE_P(, PublishedStep,
                         testing::Combine(testing::Values("published", "smooth"),
                                          testing::Values(1, 2, 3)),
                         [](const auto& info) {
                           return std::get<0>(info.param) + "_" +
                                  std::to_string(std::get<1>(info.param)) + "_threads";
                         });

Outcome smooth_step(int threads, const TrainingBatch& batch = monte_carlo()) {
  return take_step(recipe("smooth"), definition("smooth"), threads, batch, "smooth");
}

Outcome published_step(int threads) {
  return take_step(recipe("published"), definition(), threads, monte_carlo(), "published");
}

TEST(AdversarialStep, TheSameThreadsGiveTheSameBits) {
  for (const int threads : {2, 3}) {
    EXPECT_TRUE(same_bits(published_step(threads).after, published_step(threads).after)) << threads;
  }
}

/// The same showers with the same numbers, the last one first.
TrainingBatch reversed(const TrainingBatch& batch) {
  TrainingBatch result;
  result.showers.grid = batch.showers.grid;
  for (std::int64_t i = batch.showers.size() - 1; i >= 0; --i) {
    const std::span<const float> cells = batch.showers.shower(i);
    result.showers.cells.insert(result.showers.cells.end(), cells.begin(), cells.end());
    result.showers.energy.push_back(batch.showers.energy[static_cast<std::size_t>(i)]);
    result.index.push_back(batch.index[static_cast<std::size_t>(i)]);
  }
  return result;
}

// Where there are kinks, rounding may take the other side of one. Random numbers belong to the
// shower, not to its place.
TEST(AdversarialStep, ThreadsAndTheOrderOfTheBatchChangeNothingButRounding) {
  const Networks one = smooth_step(1).after;
  EXPECT_LE(largest_distance(smooth_step(2).after, one), 1e-5);
  EXPECT_LE(largest_distance(smooth_step(3).after, one), 1e-5);
  EXPECT_LE(largest_distance(smooth_step(2, reversed(monte_carlo())).after, one), 1e-5);
}

TEST(AdversarialStep, FlipsDropoutAndConditionsOfTheDataEachMakeAnotherStep) {
  const Networks usual = smooth_step(2).after;
  const auto distance_of = [&](const Recipe& recipe, const ModelDefinition& model) {
    return largest_distance(take_step(recipe, model, 2, monte_carlo(), "smooth").after, usual);
  };
  const ModelDefinition& model = definition("smooth");
  Recipe truthful = recipe("smooth");
  truthful.label_flips = 0;
  EXPECT_GT(distance_of(truthful, model), 1e-3);
  Recipe like_data = recipe("smooth");
  like_data.fake_conditions = "data";
  EXPECT_GT(distance_of(like_data, model), 1e-3);
  ModelDefinition steady = model;
  steady.discriminator =
      changed<nn::Dropout>(*model.discriminator, [](nn::Dropout& dropout) { dropout.rate = 0; });
  EXPECT_GT(distance_of(recipe("smooth"), steady), 1e-3);
}

TEST(AdversarialStep, TakesThePrecisionOfTheRecipeWhereTheProcessorHasIt) {
  Recipe lower = recipe("published");
  EXPECT_EQ(AdversarialStep(lower, definition(), 1).precision(), Precision::f32);
  lower.precision = Precision::bf16;
  const AdversarialStep step(lower, definition(), 1);
  EXPECT_EQ(step.precision(), has_instructions(Precision::bf16) ? Precision::bf16 : Precision::f32);
  EXPECT_EQ(step.discriminator().precision(), step.precision());
}

TEST(AdversarialStep, HasNearlyTheSameLossesInBf16) {
  if (!has_instructions(Precision::bf16)) {
    GTEST_SKIP() << "this processor has no instructions for bf16";
  }
  Recipe lower = recipe("published");
  lower.precision = Precision::bf16;
  const Outcome exact = published_step(2);
  const Outcome found = take_step(lower, definition(), 2, monte_carlo(), "published");
  EXPECT_FALSE(same_bits(found.after, exact.after));
  EXPECT_TRUE(found.result.finite());
  // Cross-entropy, and two deviations in per cent.
  const auto expect_near = [](const PassLosses& a, const PassLosses& b, const char* pass) {
    ASSERT_EQ(a.terms.size(), 3u);
    EXPECT_NEAR(a.terms[0], b.terms[0], 5e-2 * std::max(b.terms[0], 1.0)) << pass;
    for (std::size_t t = 1; t < 3; ++t) {
      EXPECT_NEAR(a.terms[t], b.terms[t], std::max(3.0, 0.1 * b.terms[t])) << pass << " " << t;
    }
    EXPECT_NEAR(a.total / b.total, 1, 0.1) << pass;
  };
  expect_near(found.result.real, exact.result.real, "real");
  expect_near(found.result.fake, exact.result.fake, "fake");
  expect_near(found.result.generator, exact.result.generator, "generator");
}

}  // namespace
}  // namespace showergan::gan
