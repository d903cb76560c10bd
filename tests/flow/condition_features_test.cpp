#include "flow/condition_features.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "nn/reference/interpreter.hpp"

namespace showergan::flow {
namespace {

TEST(ConditionFeatures, AreLogarithmOfTheEnergyAndPlaceInTheRange) {
  const ConditionFeatures features({{"energy", 10, 500}, {"theta", 1, 2}});
  ASSERT_EQ(features.count(), 4);
  std::vector<float> values(4);
  features.fill(std::vector<float>{200, 1.25f}, values);
  const double log2 = std::log(2.0);
  EXPECT_NEAR(values[0], log2, 1e-6);
  EXPECT_NEAR(values[1], -0.5, 1e-6);
  EXPECT_NEAR(values[2], log2 * log2, 1e-6);
  EXPECT_NEAR(values[3], 0.25, 1e-6);
}

TEST(ConditionFeatures, AreTheSameAsNodes) {
  const std::vector<std::vector<ConditionRange>> models = {
      {{"energy", 10, 500}}, {{"energy", 10, 500}, {"theta", 1, 2}, {"phi", -3, 3}}};
  for (const auto& conditions : models) {
    const ConditionFeatures features(conditions);
    nn::Graph graph;
    const nn::NodeId input = graph.add("condition", nn::Input{{std::ssize(conditions)}});
    graph.set_output("features", features.append(graph, "x_", input));
    const std::vector<float> condition = {70, 1.9f, -2};
    const auto given = std::span(condition).first(conditions.size());
    nn::reference::Interpreter interpreter(graph, 1);
    nn::reference::DoubleParameters none;
    interpreter.forward({{"condition", {given.begin(), given.end()}}}, none);
    std::vector<float> expected(static_cast<std::size_t>(features.count()));
    features.fill(given, expected);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(interpreter.output("features")[i], static_cast<double>(expected[i]), 1e-6);
    }
  }
}

}  // namespace
}  // namespace showergan::flow
