#include "training/supervised.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "nn/graph/graph.hpp"
#include "support/error_text.hpp"
#include "training/predictor.hpp"

namespace showergan::training {
namespace {

/// x → 2x − 1 for x from 0 to 1.
class Line : public SampleSource {
 public:
  std::vector<std::string> inputs() const override { return {"x"}; }
  void fill(std::int64_t sample, std::size_t, std::span<float> values) const override {
    values[0] = static_cast<float>(sample) / 100.0f;
  }
  void target(std::int64_t sample, std::span<float> values) const override {
    values[0] = 2 * static_cast<float>(sample) / 100.0f - 1;
  }
};

/// What is not a number can be learned from by nobody.
class Nonsense : public Line {
 public:
  void fill(std::int64_t, std::size_t, std::span<float> values) const override {
    values[0] = std::nanf("");
  }
};

nn::Graph one_layer() {
  nn::Graph graph;
  const nn::NodeId x = graph.add("x", nn::Input{{1}});
  graph.set_output("y", graph.add("dense", nn::Dense{}, {x}));
  return graph;
}

std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> result(static_cast<std::size_t>(count));
  std::iota(result.begin(), result.end(), first);
  return result;
}

SupervisedRecipe recipe() {
  SupervisedRecipe recipe;
  recipe.rate = 0.05;
  recipe.batch = 20;
  recipe.part = 8;
  recipe.epochs = 60;
  return recipe;
}

SupervisedResult train(const SupervisedRecipe& recipe, int threads = 1, std::int64_t samples = 80,
                       const EpochDone& done = {}) {
  ThreadTeam team(threads);
  return train_supervised(one_layer(), Line(), numbers(0, samples), numbers(80, 20), recipe, team,
                          done);
}

TEST(SupervisedTest, LearnsALine) {
  const SupervisedResult result = train(recipe());
  ASSERT_EQ(result.parameters.trainable.size(), 2u);
  EXPECT_NEAR(result.parameters.trainable[0], 2, 0.05);
  EXPECT_NEAR(result.parameters.trainable[1], -1, 0.05);
  ThreadTeam team(2);
  const Line line;
  Predictor predictor(one_layer(), line, 16, team);
  const std::vector<float> y = predictor.run(result.parameters, numbers(0, 101));
  ASSERT_EQ(y.size(), 101u);
  EXPECT_NEAR(y[25], -0.5, 0.05);
  EXPECT_NEAR(y[100], 1, 0.05);
}

TEST(SupervisedTest, KeepsTheEpochOfTheLowestValidationLoss) {
  const SupervisedResult result = train(recipe());
  ASSERT_EQ(result.validation_loss.size(), 60u);
  ASSERT_EQ(result.training_loss.size(), 60u);
  const auto best = std::ranges::min_element(result.validation_loss);
  EXPECT_EQ(result.best_epoch, best - result.validation_loss.begin());
  SupervisedRecipe shorter = recipe();
  shorter.epochs = result.best_epoch + 1;
  EXPECT_EQ(train(shorter).parameters.trainable, result.parameters.trainable);
}

TEST(SupervisedTest, EndsWhenItsPatienceDoes) {
  SupervisedRecipe impatient = recipe();
  impatient.rate = 0.5;  // jumps about
  impatient.patience = 3;
  int last = -1;
  const SupervisedResult result = train(impatient, 1, 80, [&last](int epoch) { last = epoch; });
  ASSERT_LT(result.validation_loss.size(), 60u);
  EXPECT_EQ(static_cast<int>(result.validation_loss.size()), result.best_epoch + 4);
  EXPECT_EQ(last, result.best_epoch + 3);
}

double lowest(const SupervisedResult& result) {
  return *std::ranges::min_element(result.validation_loss);
}

TEST(SupervisedTest, AMovingAverageIsCalmerThanTheWeights) {
  SupervisedRecipe jumping = recipe();
  jumping.rate = 0.3;
  jumping.epochs = 20;
  SupervisedRecipe averaged = jumping;
  averaged.average = 0.9;
  EXPECT_LT(lowest(train(averaged)), 0.5 * lowest(train(jumping)));
}

TEST(SupervisedTest, AScheduleChangesTheRate) {
  SupervisedRecipe slowing = recipe();
  slowing.rate = 1e-4;  // too small to get there
  slowing.epochs = 20;
  const double constant = train(slowing).validation_loss.back();
  slowing.schedule = "cosine";
  EXPECT_GT(train(slowing).validation_loss.back(), constant) << "it has moved half as far";
  slowing.schedule = "whim";
  EXPECT_TRUE(
      test::input_error([&] { train(slowing); }).starts_with("there is no schedule 'whim'"));
}

TEST(SupervisedTest, GivesTheSameBitsWithAnyNumberOfThreads) {
  const SupervisedResult one = train(recipe(), 1);
  const SupervisedResult three = train(recipe(), 3);
  EXPECT_EQ(one.parameters.trainable, three.parameters.trainable);
  EXPECT_EQ(one.validation_loss, three.validation_loss);
}

TEST(SupervisedTest, DependsOnItsSeed) {
  SupervisedRecipe other = recipe();
  other.seed = 2;
  EXPECT_NE(train(other).parameters.trainable, train(recipe()).parameters.trainable);
}

TEST(SupervisedTest, LearnsFromFewerSamplesThanABatch) {
  const SupervisedResult result = train(recipe(), 2, 5);
  EXPECT_LT(result.training_loss.back(), result.training_loss.front());
}

TEST(SupervisedTest, NeedsSamples) {
  EXPECT_EQ(test::input_error([] { train(recipe(), 1, 0); }),
            "there is nothing to learn from (the set is empty); give more samples");
}

TEST(SupervisedTest, NeedsANetworkOfOneOutput) {
  nn::Graph graph = one_layer();
  graph.set_output("again", 1);
  ThreadTeam team(1);
  EXPECT_NE(test::input_error([&] {
              train_supervised(graph, Line(), numbers(0, 8), numbers(0, 8), recipe(), team);
            }).find("the network has 2 outputs"),
            std::string::npos);
}

TEST(SupervisedTest, SaysThatItHasDiverged) {
  ThreadTeam team(1);
  EXPECT_NE(test::failure([&] {
              train_supervised(one_layer(), Nonsense(), numbers(0, 80), numbers(80, 20), recipe(),
                               team);
            }).find("has diverged"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::training
