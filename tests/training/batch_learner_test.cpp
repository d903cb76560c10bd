#include "training/batch_learner.hpp"

#include <gtest/gtest.h>

namespace showergan::training {
namespace {

/// Sample i is the number i, and its answer is 0.
class Numbers : public SampleSource {
 public:
  std::vector<std::string> inputs() const override { return {"x"}; }
  void fill(std::int64_t sample, std::size_t, std::span<float> values) const override {
    values[0] = static_cast<float>(sample);
  }
  void target(std::int64_t, std::span<float> values) const override { values[0] = 0; }
};

nn::Graph product() {
  nn::Graph graph;
  const nn::NodeId x = graph.add("x", nn::Input{{1}});
  nn::Dense dense;
  dense.bias = false;
  graph.set_output("y", graph.add("dense", dense, {x}));
  return graph;
}

TEST(BatchLearnerTest, FollowsTheGradientOfTheMeanOverAllParts) {
  SupervisedRecipe recipe;
  recipe.optimizer = "sgd";
  recipe.optimizer_parameters = {{"momentum", 0}};
  recipe.rate = 0.01;
  ThreadTeam team(2);
  const Numbers source;
  const nn::Graph graph = product();
  BatchLearner learner(graph, source, recipe, 2, 2, team);
  ASSERT_EQ(learner.batch(), 4);
  const auto w = static_cast<double>(learner.parameters().trainable[0]);
  const std::vector<std::int64_t> samples = {1, 2, 3, 4};
  // Loss (w x)², mean of x² is 7.5, slope 2 w x².
  EXPECT_NEAR(learner.learn(samples), 7.5 * w * w, 1e-6);
  EXPECT_NEAR(learner.parameters().trainable[0], w * (1 - 0.01 * 15), 1e-6);
}

}  // namespace
}  // namespace showergan::training
