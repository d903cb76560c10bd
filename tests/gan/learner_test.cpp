#include "gan/learner.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

using test::input_error;

/// Two weights and a bias, all 1.
ShardedNetwork network() {
  nn::Graph graph;
  const nn::NodeId in = graph.add("in", nn::Input{{2}});
  graph.set_output("out", graph.add("dense", nn::Dense{1}, {in}));
  return {graph, nn::Parameters{{1, 1, 1}, {}}, 1};
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
  Learner(recipe, 3).learn(changed, gradient, position);
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
  EXPECT_EQ(Learner(recipe, 3).learn(changed, gradient, {}), 5);
}

TEST(Learner, ALongGradientIsClippedAndAShortOneIsNot) {
  OptimizerRecipe recipe = sgd(1);
  recipe.clip = 0.5;
  const std::vector<float> clipped = learn(recipe, {3, 0, 4}, {});
  EXPECT_FLOAT_EQ(clipped[0], 1 - 0.3f);
  EXPECT_FLOAT_EQ(clipped[2], 1 - 0.4f);
  EXPECT_EQ(learn(recipe, {0.25f, 0, 0}, {}), (std::vector<float>{0.75f, 1, 1}));
}

TEST(Learner, WarmUpRaisesTheRateFromAlmostNothing) {
  OptimizerRecipe recipe = sgd(2);
  recipe.warm_up = 2;
  const Learner learner(recipe, 3);
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
  const Learner learner(recipe, 3);
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
      Learner learner(recipe, 3);
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
  Learner first(recipe, 3);
  std::vector<float> gradient = {1, -2, 3};
  first.learn(a, gradient, {});
  Checkpoint checkpoint;
  first.store("generator", checkpoint);
  EXPECT_TRUE(checkpoint.arrays.contains("generator/optimizer/mean"));
  EXPECT_EQ(checkpoint.counters.at("generator/updates"), 1);

  ShardedNetwork b = network();
  b.change() = a.parameters();
  Learner second(recipe, 3);
  second.restore("generator", checkpoint);
  gradient = {0.5f, 0.25f, -1};
  first.learn(a, gradient, {});
  second.learn(b, gradient, {});
  EXPECT_EQ(a.parameters().trainable, b.parameters().trainable);
}

TEST(Learner, ACheckpointOfAnotherOptimizerIsRefused) {
  Checkpoint checkpoint;
  Learner(sgd(1), 3).store("generator", checkpoint);
  Learner rmsprop(OptimizerRecipe{}, 3);
  EXPECT_EQ(input_error([&] { rmsprop.restore("generator", checkpoint); }),
            "the checkpoint is not of such a training (it has no "
            "'generator/optimizer/mean_square')");
  EXPECT_EQ(input_error([&] { rmsprop.restore("discriminator", checkpoint); }),
            "the checkpoint is not of such a training (it has no 'discriminator/updates')");
}

TEST(Learner, ACheckpointOfAnotherNetworkIsRefused) {
  Checkpoint checkpoint;
  Learner(OptimizerRecipe{}, 4).store("generator", checkpoint);
  Learner smaller(OptimizerRecipe{}, 3);
  EXPECT_EQ(input_error([&] { smaller.restore("generator", checkpoint); }),
            "the checkpoint is not of such a training (its 'generator/optimizer/mean_square' has 4 "
            "numbers instead of 3)");
}

TEST(Learner, AnUnknownOptimizerOrScheduleIsRefused) {
  OptimizerRecipe recipe;
  recipe.optimizer = "hope";
  EXPECT_THROW(Learner(recipe, 3), InputError);
  recipe = {};
  recipe.schedule = "whim";
  EXPECT_THROW(Learner(recipe, 3), InputError);
}

}  // namespace
}  // namespace showergan::gan
