#include "physics/classifier/train_classifier.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "base/contract.hpp"
#include "base/progress.hpp"
#include "base/thread_team.hpp"
#include "physics/classifier/split.hpp"
#include "training/predictor.hpp"

namespace showergan::physics {
namespace {

/// One training and how it is judged.
struct Run {
  RocArea area;
  std::vector<RocPoint> roc;
  std::vector<ScoredShower> scores;
  int epochs = 0;
};

Run judge(const TwoSets& sets, std::span<const std::int64_t> test, std::span<const float> outputs) {
  Run run;
  std::vector<double> reference;
  std::vector<double> candidate;
  for (std::size_t i = 0; i < test.size(); ++i) {
    const bool is_reference = sets.is_reference(test[i]);
    const auto score = static_cast<double>(outputs[i]);
    (is_reference ? reference : candidate).push_back(score);
    run.scores.push_back({is_reference ? test[i] : test[i] - sets.size(), !is_reference,
                          1 / (1 + std::exp(-score))});
  }
  run.area = roc_area(reference, candidate);
  run.roc = roc_curve(reference, candidate);
  return run;
}

Run train_once(const nn::Graph& graph, const TwoSets& sets,
               const training::SupervisedRecipe& recipe, ThreadTeam& team,
               const training::EpochDone& done) {
  Split split = split_pairs(sets.size(), recipe.seed);
  const training::SupervisedResult trained =
      training::train_supervised(graph, sets, split.training, split.validation, recipe, team, done);
  std::ranges::sort(split.test);
  training::Predictor predictor(graph, sets, recipe.part, team, recipe.precision);
  Run run = judge(sets, split.test, predictor.run(trained.parameters, split.test));
  run.epochs = static_cast<int>(trained.validation_loss.size());
  return run;
}

std::size_t median_of(const std::vector<Run>& runs) {
  std::vector<std::size_t> order(runs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&runs](std::size_t i) { return runs[i].area.value; });
  return order[order.size() / 2];
}

}  // namespace

training::SupervisedRecipe classifier_recipe(int epochs, int patience, std::int64_t part) {
  training::SupervisedRecipe recipe;
  recipe.loss = "logistic";
  recipe.rate = 1e-3;
  recipe.batch = 256;
  recipe.part = part;
  recipe.epochs = epochs;
  recipe.patience = patience;
  return recipe;
}

ClassifierResult train_classifier(const std::string& name, const nn::Graph& graph,
                                  const TwoSets& sets, training::SupervisedRecipe recipe,
                                  const ClassifierOptions& options) {
  SHOWERGAN_EXPECT(options.seeds % 2 == 1 && sets.size() >= kLeastShowers);
  const auto start = std::chrono::steady_clock::now();
  ClassifierResult result;
  result.name = name;
  result.showers = sets.size();
  ThreadTeam team(options.threads);
  Progress progress("epochs of " + name, std::int64_t{recipe.epochs} * options.seeds,
                    options.quiet);
  std::vector<Run> runs;
  for (int i = 0; i < options.seeds; ++i) {
    recipe.seed = options.seed + static_cast<std::uint64_t>(i);
    const std::int64_t before = std::int64_t{recipe.epochs} * i;
    runs.push_back(train_once(graph, sets, recipe, team,
                              [&](int epoch) { progress.update(before + epoch + 1); }));
    result.per_seed.push_back(runs.back().area.value);
    result.epochs.push_back(runs.back().epochs);
  }
  Run& median = runs[median_of(runs)];
  result.auc = median.area.value;
  result.error = median.area.error;
  result.roc = std::move(median.roc);
  result.scores = std::move(median.scores);
  result.training_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

ClassifierResult too_few_showers(const std::string& name, std::int64_t showers) {
  ClassifierResult result;
  result.name = name;
  result.showers = showers;
  result.reason = "fewer than " + std::to_string(kLeastShowers) + " showers of each set";
  return result;
}

ClassifierResult with_rows(ClassifierResult result, std::span<const std::int64_t> reference,
                           std::span<const std::int64_t> candidate) {
  for (ScoredShower& shower : result.scores) {
    const auto rows = shower.candidate ? candidate : reference;
    shower.row = rows[static_cast<std::size_t>(shower.row)];
  }
  return result;
}

}  // namespace showergan::physics
