#include "physics/identification/identifier.hpp"

#include <numeric>
#include <utility>

#include "base/progress.hpp"
#include "base/thread_team.hpp"
#include "physics/classifier/network.hpp"
#include "physics/classifier/train_classifier.hpp"
#include "physics/identification/labelled_table.hpp"
#include "training/predictor.hpp"
#include "training/supervised.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kUnits = 256;
constexpr std::int64_t kPart = 64;

void append(FeatureTable& table, std::vector<float>& labels, const Sample& sample, float label) {
  const FeatureTable more = classifier_features(sample);
  table.width = more.width;
  table.values.insert(table.values.end(), more.values.begin(), more.values.end());
  labels.resize(labels.size() + sample.rows().size(), label);
}

std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t end) {
  std::vector<std::int64_t> result(static_cast<std::size_t>(end - first));
  std::iota(result.begin(), result.end(), first);
  return result;
}

}  // namespace

Identifier::Identifier(const ParticlePair& training, const ParticlePair& validation,
                       const std::string& other, const IdentificationOptions& options)
    : scale_(scale_of(classifier_features(training.known))), threads_(options.threads) {
  FeatureTable table;
  std::vector<float> labels;
  for (const ParticlePair* part : {&training, &validation}) {
    append(table, labels, part->known, 1);
    append(table, labels, part->other, 0);
  }
  scale_.apply(table);
  graph_ = feature_network(static_cast<std::int64_t>(table.width), kUnits);
  const LabelledTable samples(std::move(table), std::move(labels));
  const std::int64_t split = training.known.size() + training.other.size();
  training::SupervisedRecipe recipe = classifier_recipe(50, 10, kPart);
  recipe.seed = options.seed;
  ThreadTeam team(options.threads);
  Progress progress("epochs against " + other, recipe.epochs, options.quiet);
  parameters_ =
      training::train_supervised(graph_, samples, numbers(0, split), numbers(split, samples.size()),
                                 recipe, team, [&](int epoch) { progress.update(epoch + 1); })
          .parameters;
}

std::vector<double> Identifier::scores(const Sample& sample) const {
  FeatureTable table = classifier_features(sample);
  scale_.apply(table);
  const LabelledTable samples(std::move(table));
  ThreadTeam team(threads_);
  training::Predictor predictor(graph_, samples, kPart, team);
  const std::vector<float> outputs = predictor.run(parameters_, numbers(0, samples.size()));
  return {outputs.begin(), outputs.end()};
}

}  // namespace showergan::physics
