#include "flow/coupling_flow.hpp"

#include <cmath>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "nn/reference/interpreter.hpp"

namespace showergan::flow {
namespace {

using nn::reference::DoubleParameters;
using nn::reference::Interpreter;

nn::Graph sampling_graph(const CouplingFlow& flow) {
  nn::Graph graph;
  const nn::NodeId noise = graph.add("noise", nn::Input{{flow.size}});
  const nn::NodeId features = graph.add("features", nn::Input{{flow.features}});
  graph.set_output("x", append_sampling(graph, flow, "flow_", noise, features));
  return graph;
}

/// Weights that are no identity.
DoubleParameters random_parameters(const nn::Graph& graph) {
  DoubleParameters parameters = nn::reference::to_double(nn::initial_parameters(graph, 1));
  std::mt19937_64 random(2);
  std::normal_distribution<double> normal(0, 0.4);
  for (double& value : parameters.trainable) value = normal(random);
  return parameters;
}

/// The same values for a graph whose parameters have the same names in another order.
DoubleParameters arranged(const nn::Graph& from, const DoubleParameters& parameters,
                          const nn::Graph& to) {
  std::map<std::string, const nn::Parameter*> known;
  for (const nn::Parameter& parameter : from.parameters()) known[parameter.name] = &parameter;
  DoubleParameters result;
  result.trainable.resize(static_cast<std::size_t>(to.trainable_count()));
  EXPECT_EQ(known.size(), to.parameters().size());
  for (const nn::Parameter& parameter : to.parameters()) {
    const nn::Parameter* source = known.at(parameter.name);
    EXPECT_EQ(source->shape, parameter.shape);
    std::copy_n(parameters.trainable.begin() + source->offset, nn::element_count(parameter.shape),
                result.trainable.begin() + parameter.offset);
  }
  return result;
}

double determinant(std::vector<double> matrix, std::size_t n) {
  double result = 1;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::abs(matrix[i * n + k]) > std::abs(matrix[pivot * n + k])) pivot = i;
    }
    if (pivot != k) {
      for (std::size_t j = 0; j < n; ++j) std::swap(matrix[k * n + j], matrix[pivot * n + j]);
      result = -result;
    }
    result *= matrix[k * n + k];
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = matrix[i * n + k] / matrix[k * n + k];
      for (std::size_t j = k; j < n; ++j) matrix[i * n + j] -= factor * matrix[k * n + j];
    }
  }
  return result;
}

/// The change of variables, with a Jacobian by differences.
TEST(CouplingFlow, HasTheDensityOfWhatItSamples) {
  const CouplingFlow flow = {5, 2, 4, 6};
  const nn::Graph sampling = sampling_graph(flow);
  const nn::Graph density = density_graph(flow, "flow_");
  DoubleParameters weights = random_parameters(sampling);
  DoubleParameters same = arranged(sampling, weights, density);
  const std::vector<double> noise = {0.3, -1.2, 0.8, 2.0, -0.1};
  const std::vector<double> features = {0.5, -0.7};
  Interpreter sampler(sampling, 1);
  const auto sample = [&](const std::vector<double>& z) {
    sampler.forward({{"noise", z}, {"features", features}}, weights);
    return sampler.output("x");
  };
  constexpr double h = 1e-5;
  std::vector<double> jacobian(25);
  for (std::size_t j = 0; j < 5; ++j) {
    std::vector<double> up = noise;
    std::vector<double> down = noise;
    up[j] += h;
    down[j] -= h;
    const std::vector<double> above = sample(up);
    const std::vector<double> below = sample(down);
    for (std::size_t i = 0; i < 5; ++i) jacobian[i * 5 + j] = (above[i] - below[i]) / (2 * h);
  }
  double squares = 0;
  for (const double z : noise) squares += 0.5 * z * z;
  const double volume = std::log(std::abs(determinant(jacobian, 5)));
  ASSERT_GT(std::abs(volume), 0.1) << "the map does something";
  Interpreter judge(density, 1);
  judge.forward({{"x", sample(noise)}, {"features", features}}, same);
  EXPECT_NEAR(judge.output("loss")[0], (squares + volume) / 5, 1e-8);
}

TEST(CouplingFlow, BeginsAsTheIdentity) {
  const CouplingFlow flow = {4, 1, 6, 8};
  const nn::Graph graph = sampling_graph(flow);
  DoubleParameters weights = nn::reference::to_double(nn::initial_parameters(graph, 3));
  Interpreter sampler(graph, 1);
  sampler.forward({{"noise", {1, -2, 3, 0.5}}, {"features", {0.2}}}, weights);
  EXPECT_EQ(sampler.output("x"), (std::vector<double>{1, -2, 3, 0.5}));
}

TEST(CouplingFlow, MovesEveryCoordinate) {
  for (const std::int64_t size : {2, 3, 7, 50}) {
    const CouplingFlow flow = {size, 1, 2, 4};
    const nn::Graph graph = sampling_graph(flow);
    DoubleParameters weights = random_parameters(graph);
    Interpreter sampler(graph, 1);
    const std::vector<double> noise(static_cast<std::size_t>(size), 0.4);
    sampler.forward({{"noise", noise}, {"features", {0.2}}}, weights);
    for (const double x : sampler.output("x")) EXPECT_NE(x, 0.4) << size;
  }
}

}  // namespace
}  // namespace showergan::flow
