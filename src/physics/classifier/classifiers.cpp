#include "physics/classifier/classifiers.hpp"

#include <algorithm>
#include <string>

#include "physics/classifier/feature_table.hpp"
#include "physics/classifier/network.hpp"
#include "physics/classifier/two_sets.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kMostImages = 20000;
constexpr std::int64_t kImageBytes = 4'000'000'000;

}  // namespace

std::pair<Sample, Sample> classes_of(const ShowerSet& reference, const ShowerSet& candidate,
                                     std::int64_t most) {
  const std::int64_t size = std::min({reference.size(), candidate.size(), most});
  return {thin(Sample(reference), size), thin(Sample(candidate), size)};
}

std::int64_t most_images(const Grid& grid) {
  return std::min(kMostImages, CompactImages::capacity(grid, kImageBytes / 2));
}

ClassifierResult auc_high(const Sample& reference, const Sample& candidate,
                          const ClassifierOptions& options) {
  if (reference.size() < kLeastShowers) return too_few_showers("auc_high", reference.size());
  FeatureTable first = classifier_features(reference);
  FeatureTable second = classifier_features(candidate);
  standardise(first, second);
  const auto width = static_cast<std::int64_t>(first.width);
  const TwoTables sets(std::move(first), std::move(second));
  return with_rows(train_classifier("auc_high", feature_network(width, 256), sets,
                                    classifier_recipe(50, 10, 64), options),
                   reference.rows(), candidate.rows());
}

ClassifierResult auc_low(const CompactImages& reference, const CompactImages& candidate,
                         const ClassifierOptions& options) {
  if (reference.size() < kLeastShowers) return too_few_showers("auc_low", reference.size());
  const TwoCellSets sets(reference, candidate);
  return with_rows(train_classifier("auc_low", feature_network(reference.grid().cells() + 1, 512),
                                    sets, classifier_recipe(50, 10, 128), options),
                   reference.rows(), candidate.rows());
}

ClassifierResult auc_cnn(const CompactImages& reference, const CompactImages& candidate,
                         const ClassifierOptions& options) {
  const std::int64_t showers = reference.size();
  if (showers < kLeastShowers) return too_few_showers("auc_cnn", showers);
  ClassifierOptions once = options;
  if (showers >= kGatedShowers) once.seeds = 1;
  training::SupervisedRecipe convolutional = classifier_recipe(20, 5, 32);
  convolutional.precision = available_precision(Precision::bf16);
  const TwoImageSets sets(reference, candidate);
  return with_rows(
      train_classifier("auc_cnn", image_network(reference.grid()), sets, convolutional, once),
      reference.rows(), candidate.rows());
}

}  // namespace showergan::physics
