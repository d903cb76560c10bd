#include "nn/graph/batch_normalization.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "nn/reference/run.hpp"

namespace showergan::nn::reference {
namespace {

using Values = std::vector<double>;

/// Two channels of two cells: batch means 2 and 10, biased variances 1 and 4.
const Values x{1, 3, 8, 12, 1, 3, 8, 12};

struct Network {
  Graph graph;
  DoubleParameters parameters{{2, 3, 0.5, -0.5}, {4, 5, 6, 7}};  // gamma, beta; mean, variance

  Network() {
    BatchNormalization normalization;
    normalization.momentum = 0.9;
    normalization.epsilon = 0.25;
    const NodeId input = graph.add("x", Input{{2, 1, 1, 2}});
    graph.set_output("y", graph.add("norm", normalization, {input}));
  }
};

TEST(BatchNormalization, UsesTheBatchInTraining) {
  Network network;
  Interpreter interpreter(network.graph, 2, {true, {}});
  interpreter.forward({{"x", x}}, network.parameters);
  const double first = 2 / std::sqrt(1.25);
  const double second = 3 * 2 / std::sqrt(4.25);
  const Values expected{0.5 - first, 0.5 + first, -0.5 - second, -0.5 + second};
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_NEAR(interpreter.output("y")[i], expected[i % 4], 1e-14);
  }
}

TEST(BatchNormalization, MovesTheMovingStatisticsInTraining) {
  Network network;
  Interpreter interpreter(network.graph, 2, {true, {}});
  interpreter.forward({{"x", x}}, network.parameters);
  const Values expected{0.9 * 4 + 0.1 * 2, 0.9 * 5 + 0.1 * 10, 0.9 * 6 + 0.1 * 1,
                        0.9 * 7 + 0.1 * 4};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(network.parameters.statistics[i], expected[i], 1e-14);
  }
}

TEST(BatchNormalization, UsesTheMovingStatisticsInInferenceAndLeavesThem) {
  Network network;
  Interpreter interpreter(network.graph, 2);
  interpreter.forward({{"x", x}}, network.parameters);
  EXPECT_NEAR(interpreter.output("y")[0], 2 * (1 - 4) / std::sqrt(6.25) + 0.5, 1e-14);
  EXPECT_NEAR(interpreter.output("y")[7], 3 * (12 - 5) / std::sqrt(7.25) - 0.5, 1e-14);
  EXPECT_EQ(network.parameters.statistics, (Values{4, 5, 6, 7}));
}

TEST(BatchNormalization, TrainingIgnoresAShiftAndAScaleOfItsInput) {
  // The gradient is orthogonal to both directions (up to epsilon for the scale).
  Network network;
  Interpreter interpreter(network.graph, 2, {true, {}});
  interpreter.forward({{"x", x}}, network.parameters);
  interpreter.backward({{"y", {1, -2, 3, 0.5, 0.25, 4, -1, 1}}}, network.parameters);
  const Values& gradient = interpreter.gradient(0);
  EXPECT_NEAR(gradient[0] + gradient[1] + gradient[4] + gradient[5], 0, 1e-13);
  EXPECT_NEAR(gradient[2] + gradient[3] + gradient[6] + gradient[7], 0, 1e-13);
}

}  // namespace
}  // namespace showergan::nn::reference
