#include "classify_showers.hpp"

#include <algorithm>

#include "physics/classifier/classifiers.hpp"
#include "read_batches.hpp"

namespace showergan::app {
namespace {

std::vector<physics::ClassifierResult> without_auc(const std::string& classifiers) {
  std::vector<physics::ClassifierResult> results;
  for (const char* name : {"auc_high", "auc_low", "auc_cnn"}) {
    physics::ClassifierResult result;
    result.name = name;
    result.reason = "the energy spectra differ and a classifier would learn them";
    results.push_back(result);
    if (classifiers == "high") break;
  }
  return results;
}

physics::CompactImages read_images(const ShowerReader& reader, const physics::Sample& sample,
                                   bool quiet) {
  physics::CompactImages images(sample);
  read_batches(reader, "images", quiet, [&](const ShowerBatch& batch) { images.append(batch); });
  return images;
}

}  // namespace

std::vector<physics::ClassifierResult> classify(const MeasuredFile& reference,
                                                const MeasuredFile& candidate,
                                                physics::EnergySpectra spectra,
                                                const ClassifyOptions& options) {
  if (options.classifiers == "none") return {};
  if (spectra == physics::EnergySpectra::different) return without_auc(options.classifiers);
  physics::ClassifierOptions training;
  training.seed = options.seed;
  training.threads = options.threads;
  training.quiet = options.quiet;
  const auto all = std::min(reference.set.size(), candidate.set.size());
  const auto [r, c] = physics::classes_of(reference.set, candidate.set, all);
  std::vector<physics::ClassifierResult> results = {physics::auc_high(r, c, training)};
  if (options.classifiers == "high") return results;
  const auto [some_r, some_c] = physics::classes_of(reference.set, candidate.set,
                                                    physics::most_images(reference.file.grid()));
  const auto images_r = read_images(reference.file, some_r, options.quiet);
  const auto images_c = read_images(candidate.file, some_c, options.quiet);
  results.push_back(physics::auc_low(images_r, images_c, training));
  results.push_back(physics::auc_cnn(images_r, images_c, training));
  return results;
}

}  // namespace showergan::app
