#include "training/supervised.hpp"

#include <algorithm>
#include <cmath>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/permutation.hpp"
#include "base/random.hpp"
#include "training/batch_learner.hpp"
#include "training/loss.hpp"
#include "training/predictor.hpp"
#include "training/schedule.hpp"

namespace showergan::training {
namespace {

/// How batches are cut: `parts` parts of `part` samples.
struct Cut {
  std::int64_t part = 1;
  std::int64_t parts = 1;
};

Cut cut_batches(const SupervisedRecipe& recipe, std::int64_t samples) {
  const std::int64_t part = std::min({recipe.part, recipe.batch, samples});
  return {part, std::min(recipe.batch, samples) / part};
}

void check_sets(std::span<const std::int64_t> training, std::span<const std::int64_t> validation) {
  if (!training.empty() && !validation.empty()) return;
  throw InputError(
      training.empty() ? "there is nothing to learn from" : "there is nothing to validate with",
      "the set is empty", "give more samples");
}

double mean_loss(const Loss& loss, std::span<const float> outputs, std::size_t width,
                 std::span<const std::int64_t> samples, const SampleSource& source) {
  std::vector<float> target(width);
  double sum = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    source.target(samples[i], target);
    for (std::size_t k = 0; k < width; ++k) {
      sum +=
          loss.value(static_cast<double>(target[k]), static_cast<double>(outputs[i * width + k]));
    }
  }
  return sum / static_cast<double>(samples.size());
}

/// Of the rate, at a position in epochs.
using RateFactor = std::function<double(double epoch)>;

/// One pass over the samples in the order of `epoch`; gives the mean loss.
double learn_epoch(BatchLearner& learner, std::span<const std::int64_t> samples,
                   const CounterRandom& random, int epoch, const RateFactor& rate_factor) {
  const auto order = permutation(random, static_cast<std::uint64_t>(epoch),
                                 static_cast<std::int64_t>(samples.size()));
  const auto batch = static_cast<std::size_t>(learner.batch());
  const std::size_t batches = samples.size() / batch;
  std::vector<std::int64_t> chosen(batch);
  double sum = 0;
  for (std::size_t step = 0; step < batches; ++step) {
    if (interrupted()) throw Error("interrupted", "", "nothing was written");
    for (std::size_t i = 0; i < batch; ++i) {
      chosen[i] = samples[static_cast<std::size_t>(order[step * batch + i])];
    }
    const double part = static_cast<double>(step) / static_cast<double>(batches);
    sum += learner.learn(chosen, rate_factor(epoch + part));
  }
  return sum / static_cast<double>(batches);
}

}  // namespace

SupervisedResult train_supervised(const nn::Graph& graph, const SampleSource& source,
                                  std::span<const std::int64_t> training,
                                  std::span<const std::int64_t> validation,
                                  const SupervisedRecipe& recipe, ThreadTeam& team,
                                  const EpochDone& done) {
  check_sets(training, validation);
  const Cut cut = cut_batches(recipe, static_cast<std::int64_t>(training.size()));
  BatchLearner learner(graph, source, recipe, cut.part, cut.parts, team);
  Predictor predictor(graph, source, cut.part, team, recipe.precision);
  const Loss& loss = find_loss(recipe.loss);
  const CounterRandom random(recipe.seed, RandomPurpose::shuffle);
  const auto schedule = make_schedule(recipe.schedule, schedule_parameters(recipe.schedule));
  const RateFactor rate_factor = [&](double epoch) {
    return schedule->factor(epoch, static_cast<double>(recipe.epochs));
  };
  SupervisedResult result;
  for (int epoch = 0; epoch < recipe.epochs; ++epoch) {
    result.training_loss.push_back(learn_epoch(learner, training, random, epoch, rate_factor));
    const std::vector<float> outputs = predictor.run(learner.parameters(), validation);
    const auto width = static_cast<std::size_t>(predictor.width());
    result.validation_loss.push_back(mean_loss(loss, outputs, width, validation, source));
    if (!std::isfinite(result.validation_loss.back())) {
      throw Error("the training of a network has diverged",
                  "epoch " + std::to_string(epoch) + ": the loss is not a number",
                  "check the showers with showergan inspect");
    }
    const double best = result.validation_loss[static_cast<std::size_t>(result.best_epoch)];
    if (epoch == 0 || result.validation_loss.back() < best) {
      result.best_epoch = epoch;
      result.parameters = learner.parameters();
    }
    if (done) done(epoch);
    if (recipe.patience > 0 && epoch - result.best_epoch >= recipe.patience) break;
  }
  return result;
}

}  // namespace showergan::training
