#include "physics/classifier/train_classifier.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "physics/classifier/network.hpp"

namespace showergan::physics {
namespace {

/// `size` rows of four normal numbers about `centre`.
FeatureTable cloud(std::uint64_t seed, int size, double centre) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal(centre);
  FeatureTable table;
  table.width = 4;
  for (int i = 0; i < 4 * size; ++i) table.values.push_back(static_cast<float>(normal(random)));
  return table;
}

training::SupervisedRecipe recipe() {
  training::SupervisedRecipe recipe;
  recipe.loss = "logistic";
  recipe.rate = 3e-3;
  recipe.batch = 64;
  recipe.part = 16;
  recipe.epochs = 8;
  return recipe;
}

ClassifierResult classify(double centre, const ClassifierOptions& options = {}) {
  const TwoTables sets(cloud(1, 400, 0), cloud(2, 400, centre));
  return train_classifier("auc_toy", feature_network(4, 16), sets, recipe(), options);
}

TEST(TrainClassifierTest, TellsClassesApartThatAre) {
  const ClassifierResult result = classify(8);
  EXPECT_EQ(result.name, "auc_toy");
  EXPECT_EQ(result.auc, 1);
  EXPECT_EQ(result.error, 0);
  EXPECT_EQ(result.showers, 400);
  EXPECT_EQ(result.per_seed, (std::vector<double>{1, 1, 1}));
  EXPECT_FALSE(result.gated());
}

TEST(TrainClassifierTest, FindsTheAreaOfTheBestClassifier) {
  // The distance of the centres is 2·0.5 σ in four dimensions: Φ(1/√2).
  const ClassifierResult result = classify(0.5);
  EXPECT_NEAR(*result.auc, 0.7602, 3 * result.error);
  EXPECT_GT(result.error, 0.02);
}

TEST(TrainClassifierTest, CannotTellEqualOnesApart) {
  const ClassifierResult result = classify(0);
  EXPECT_NEAR(*result.auc, 0.5, 3 * result.error);
}

TEST(TrainClassifierTest, GivesTheMedianAndItsScores) {
  const ClassifierResult result = classify(0.5);
  std::vector<double> sorted = result.per_seed;
  std::ranges::sort(sorted);
  EXPECT_EQ(*result.auc, sorted[1]);
  ASSERT_EQ(result.scores.size(), 160u);
  std::vector<double> reference;
  std::vector<double> candidate;
  for (const ScoredShower& shower : result.scores) {
    EXPECT_LT(shower.row, 400);
    (shower.candidate ? candidate : reference).push_back(shower.probability);
  }
  EXPECT_NEAR(roc_area(reference, candidate).value, *result.auc, 1e-12);
  EXPECT_EQ(result.roc.back().positives, 1);
}

TEST(TrainClassifierTest, GivesTheSameBitsWithTheSameSeedAndAnyNumberOfThreads) {
  const ClassifierResult one = classify(0.5, {.seeds = 1, .seed = 3, .threads = 1});
  const ClassifierResult three = classify(0.5, {.seeds = 1, .seed = 3, .threads = 3});
  const ClassifierResult other = classify(0.5, {.seeds = 1, .seed = 4, .threads = 1});
  ASSERT_EQ(one.scores.size(), three.scores.size());
  for (std::size_t i = 0; i < one.scores.size(); ++i) {
    EXPECT_EQ(one.scores[i].probability, three.scores[i].probability);
  }
  EXPECT_NE(one.scores.front().probability, other.scores.front().probability);
}

}  // namespace
}  // namespace showergan::physics
