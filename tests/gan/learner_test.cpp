#include "gan/learner.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

using test::input_error;

/// Two weights, or more, and a bias, all 1.
ShardedNetwork network(std::int64_t inputs = 2) {
  nn::Graph graph;
  const nn::NodeId in = graph.add("in", nn::Input{{inputs}});
  graph.set_output("out", graph.add("dense", nn::Dense{1}, {in}));
  return {graph, nn::Parameters{std::vector<float>(static_cast<std::size_t>(inputs) + 1, 1.0f), {}},
          1};
}

OptimizerRecipe sgd(double rate) {
  OptimizerRecipe recipe;
  recipe.optimizer = "sgd";
  recipe.rate = rate;
  return recipe;
}

std::vector<float> learn(const OptimizerRecipe& recipe, std::vector<float> gradient,
                         const TrainingPosition& position) {
  ShardedNetwork changed = network();
  Learner(recipe, network().graph()).learn(changed, gradient, position);
  return changed.parameters().trainable;
}

TEST(Learner, WeightsGoAgainstTheGradient) {
  EXPECT_EQ(learn(sgd(0.5), {1, -2, 0}, {}), (std::vector<float>{0.5f, 2, 1}));
}

TEST(Learner, GivesTheNormOfTheGradientBeforeClipping) {
  OptimizerRecipe recipe = sgd(1);
  recipe.clip = 0.5;
  ShardedNetwork changed = network();
  std::vector<float> gradient = {3, 0, 4};
  EXPECT_EQ(Learner(recipe, network().graph()).learn(changed, gradient, {}), 5);
}

TEST(Learner, ALongGradientIsClippedAndAShortOneIsNot) {
  OptimizerRecipe recipe = sgd(1);
  recipe.clip = 0.5;
  const std::vector<float> clipped = learn(recipe, {3, 0, 4}, {});
  EXPECT_FLOAT_EQ(clipped[0], 1 - 0.3f);
  EXPECT_FLOAT_EQ(clipped[2], 1 - 0.4f);
  EXPECT_EQ(learn(recipe, {0.25f, 0, 0}, {}), (std::vector<float>{0.75f, 1, 1}));
}

TEST(Learner, KeepsTheSpectralNormOfAKernelBelowItsLimit) {
  OptimizerRecipe recipe = sgd(0.5);
  recipe.spectral_limit = 1;
  ShardedNetwork changed = network();
  Learner learner(recipe, changed.graph());
  std::vector<float> gradient = {-4, -6, -2};
  learner.learn(changed, gradient, {});
  // (3, 4) has the length 5; the bias is left as it is.
  EXPECT_NEAR(changed.parameters().trainable[0], 0.6, 1e-6);
  EXPECT_NEAR(changed.parameters().trainable[1], 0.8, 1e-6);
  EXPECT_EQ(changed.parameters().trainable[2], 2);
}

TEST(Learner, WarmUpRaisesTheRateFromAlmostNothing) {
  OptimizerRecipe recipe = sgd(2);
  recipe.warm_up = 2;
  const Learner learner(recipe, network().graph());
  EXPECT_DOUBLE_EQ(learner.rate({0, 5}), 0.2);
  EXPECT_DOUBLE_EQ(learner.rate({5, 5}), 1.1);
  EXPECT_DOUBLE_EQ(learner.rate({10, 5}), 2.0);
  EXPECT_DOUBLE_EQ(learner.rate({10'000, 5}), 2.0);
}

TEST(Learner, WarmUpAndScheduleAreTheRateThatWeightsMoveWith) {
  OptimizerRecipe recipe = sgd(1);
  recipe.warm_up = 1;
  recipe.schedule = "step";
  recipe.schedule_parameters = {{"every", 2}, {"factor", 0.25}};
  EXPECT_FLOAT_EQ(learn(recipe, {1, 0, 0}, {0, 4})[0], 0.75f);  // a quarter of the warm-up
  EXPECT_FLOAT_EQ(learn(recipe, {1, 0, 0}, {4, 4})[0], 0.0f);
  EXPECT_FLOAT_EQ(learn(recipe, {1, 0, 0}, {8, 4})[0], 0.75f);  // the schedule's third epoch
}

TEST(Learner, ACosineWithoutEpochsEndsWithTheTraining) {
  OptimizerRecipe recipe = sgd(2);
  recipe.schedule = "cosine";
  const Learner learner(recipe, network().graph());
  EXPECT_DOUBLE_EQ(learner.rate({0, 4, 40}), 2);
  EXPECT_DOUBLE_EQ(learner.rate({20, 4, 40}), 1);
  EXPECT_NEAR(learner.rate({40, 4, 40}), 0, 1e-12);
  EXPECT_DOUBLE_EQ(learner.rate({20, 4, 80}), 1 + std::sqrt(0.5));
}

TEST(Learner, AGradientThatIsNotFiniteLeavesTheWeightsAndIsTold) {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    for (const double clip : {0.0, 1.0}) {
      OptimizerRecipe recipe;
      recipe.clip = clip;
      Learner learner(recipe, network().graph());
      ShardedNetwork changed = network();
      std::vector<float> gradient = {1, bad, 1};
      EXPECT_FALSE(std::isfinite(learner.learn(changed, gradient, {})));
      EXPECT_EQ(changed.parameters().trainable, (std::vector<float>{1, 1, 1}));
      // What the optimiser remembers is not spoilt either.
      gradient = {1, 1, 1};
      learner.learn(changed, gradient, {});
      EXPECT_TRUE(std::isfinite(changed.parameters().trainable[1]));
    }
  }
}

TEST(Learner, GoesOnFromACheckpointAsIfItHadNotStopped) {
  OptimizerRecipe recipe;
  recipe.optimizer = "adam";
  ShardedNetwork a = network();
  Learner first(recipe, network().graph());
  std::vector<float> gradient = {1, -2, 3};
  first.learn(a, gradient, {});
  Checkpoint checkpoint;
  first.store("generator", checkpoint);
  EXPECT_TRUE(checkpoint.arrays.contains("generator/optimizer/mean"));
  EXPECT_EQ(checkpoint.counters.at("generator/updates"), 1);

  ShardedNetwork b = network();
  b.change() = a.parameters();
  Learner second(recipe, network().graph());
  second.restore("generator", checkpoint);
  gradient = {0.5f, 0.25f, -1};
  first.learn(a, gradient, {});
  second.learn(b, gradient, {});
  EXPECT_EQ(a.parameters().trainable, b.parameters().trainable);
}

TEST(Learner, ACheckpointOfAnotherOptimizerIsRefused) {
  Checkpoint checkpoint;
  Learner(sgd(1), network().graph()).store("generator", checkpoint);
  Learner rmsprop(OptimizerRecipe{}, network().graph());
  EXPECT_EQ(input_error([&] { rmsprop.restore("generator", checkpoint); }),
            "the checkpoint is not of such a training (it has no "
            "'generator/optimizer/mean_square')");
  EXPECT_EQ(input_error([&] { rmsprop.restore("discriminator", checkpoint); }),
            "the checkpoint is not of such a training (it has no 'discriminator/updates')");
}

TEST(Learner, ACheckpointOfAnotherNetworkIsRefused) {
  Checkpoint checkpoint;
  Learner(OptimizerRecipe{}, network(3).graph()).store("generator", checkpoint);
  Learner smaller(OptimizerRecipe{}, network().graph());
  EXPECT_EQ(input_error([&] { smaller.restore("generator", checkpoint); }),
            "the checkpoint is not of such a training (its 'generator/optimizer/mean_square' has 4 "
            "numbers instead of 3)");
}

TEST(Learner, AnUnknownOptimizerOrScheduleIsRefused) {
  OptimizerRecipe recipe;
  recipe.optimizer = "hope";
  EXPECT_THROW(Learner(recipe, network().graph()), InputError);
  recipe = {};
  recipe.schedule = "whim";
  EXPECT_THROW(Learner(recipe, network().graph()), InputError);
}

}  // namespace
}  // namespace showergan::gan
