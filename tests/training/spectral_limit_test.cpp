#include "training/spectral_limit.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace showergan::training {
namespace {

nn::Graph network() {
  nn::Graph graph;
  nn::NodeId x = graph.add("x", nn::Input{{2, 3, 3, 3}});
  nn::Conv3d convolution;
  convolution.filters = 4;
  convolution.kernel = {2, 2, 2};
  x = graph.add("conv", convolution, {x});
  x = graph.add("flat", nn::Reshape{{-1}}, {x});
  nn::Dense dense;
  dense.units = 5;
  graph.set_output("y", graph.add("dense", dense, {x}));
  return graph;
}

/// The largest singular value of a matrix (rows, columns) by many power iterations.
double spectral_norm(std::span<const float> matrix, std::size_t rows) {
  const std::size_t columns = matrix.size() / rows;
  std::vector<double> u(rows, 1.0);
  u[0] = 2;
  double length = 0;
  for (int step = 0; step < 1000; ++step) {
    std::vector<double> v(columns);
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j) {
        v[j] += u[i] * static_cast<double>(matrix[i * columns + j]);
      }
    }
    length = 0;
    for (const double x : v) length += x * x;
    length = std::sqrt(length);
    for (std::size_t i = 0; i < rows; ++i) {
      u[i] = 0;
      for (std::size_t j = 0; j < columns; ++j) {
        u[i] += static_cast<double>(matrix[i * columns + j]) * v[j] / length;
      }
    }
    double square = 0;
    for (const double x : u) square += x * x;
    length = std::sqrt(square);
    for (double& x : u) x /= length;
  }
  return length;
}

nn::Parameters random_parameters(const nn::Graph& graph) {
  nn::Parameters parameters = nn::initial_parameters(graph, 1);
  std::mt19937_64 random(1);
  std::normal_distribution<float> normal;
  for (float& value : parameters.trainable) value = normal(random);
  return parameters;
}

TEST(SpectralLimit, HoldsForEveryKernelAndLeavesBiases) {
  const nn::Graph graph = network();
  nn::Parameters parameters = random_parameters(graph);
  const nn::Parameters before = parameters;
  SpectralLimit limit(graph, 0.7);
  for (int step = 0; step < 200; ++step) limit.apply(parameters.trainable);
  for (const nn::Parameter& parameter : graph.parameters()) {
    const auto values = parameters.of(parameter);
    if (parameter.role == "bias") {
      EXPECT_TRUE(std::ranges::equal(values, before.of(parameter)));
      continue;
    }
    const auto rows = static_cast<std::size_t>(parameter.shape[0]);
    ASSERT_GT(spectral_norm(before.of(parameter), rows), 1.0);
    EXPECT_NEAR(spectral_norm(values, rows), 0.7, 1e-4) << parameter.name;
    // Only the scale has changed.
    const double factor =
        static_cast<double>(values[0]) / static_cast<double>(before.of(parameter)[0]);
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_NEAR(static_cast<double>(values[i]),
                  factor * static_cast<double>(before.of(parameter)[i]), 1e-5);
    }
  }
}

TEST(SpectralLimit, LeavesWhatIsBelow) {
  const nn::Graph graph = network();
  nn::Parameters parameters = random_parameters(graph);
  const std::vector<float> before = parameters.trainable;
  SpectralLimit limit(graph, 1000);
  limit.apply(parameters.trainable);
  EXPECT_EQ(parameters.trainable, before);
}

TEST(SpectralLimit, GoesOnFromItsState) {
  const nn::Graph graph = network();
  nn::Parameters a = random_parameters(graph);
  SpectralLimit first(graph, 0.5);
  first.apply(a.trainable);
  nn::Parameters b = a;
  SpectralLimit second(graph, 0.5);
  std::ranges::copy(first.state(), second.state().begin());
  first.apply(a.trainable);
  second.apply(b.trainable);
  EXPECT_EQ(a.trainable, b.trainable);
}

TEST(SpectralLimit, OfAKernelOfZerosIsHarmless) {
  const nn::Graph graph = network();
  nn::Parameters parameters = nn::initial_parameters(graph, 1);
  std::ranges::fill(parameters.trainable, 0.0f);
  SpectralLimit limit(graph, 0.5);
  for (int step = 0; step < 3; ++step) limit.apply(parameters.trainable);
  for (const float value : parameters.trainable) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace showergan::training
