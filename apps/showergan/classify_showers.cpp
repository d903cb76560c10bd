#include "classify_showers.hpp"

#include <algorithm>

#include "physics/classifier/classifiers.hpp"
#include "read_images.hpp"

namespace showergan::app {
namespace {

/// Those that look at cells, whose images are read from the files once more.
void classify_cells(const MeasuredFile& reference, const MeasuredFile& candidate,
                    const ClassifyOptions& options, const physics::ClassifierOptions& training,
                    std::vector<physics::ClassifierResult>& results) {
  const auto [r, c] = physics::classes_of(reference.set, candidate.set,
                                          physics::most_images(reference.file.grid()));
  const auto images_r = read_images(reference.file, physics::CompactImages(r), options.quiet);
  const auto images_c = read_images(candidate.file, physics::CompactImages(c), options.quiet);
  if (contains(options.classifiers, "low")) {
    results.push_back(physics::auc_low(images_r, images_c, training));
  }
  if (contains(options.classifiers, "cnn")) {
    results.push_back(physics::auc_cnn(images_r, images_c, training));
  }
}

}  // namespace

std::vector<physics::ClassifierResult> classify(const MeasuredFile& reference,
                                                const MeasuredFile& candidate,
                                                physics::EnergySpectra spectra,
                                                const ClassifyOptions& options) {
  if (spectra == physics::EnergySpectra::different) return without_auc(options.classifiers);
  physics::ClassifierOptions training;
  training.seed = options.seed;
  training.threads = options.threads;
  training.quiet = options.quiet;
  std::vector<physics::ClassifierResult> results;
  if (contains(options.classifiers, "high")) {
    const auto all = std::min(reference.set.size(), candidate.set.size());
    const auto [r, c] = physics::classes_of(reference.set, candidate.set, all);
    results.push_back(physics::auc_high(r, c, training));
  }
  if (looks_at_cells(options.classifiers)) {
    classify_cells(reference, candidate, options, training, results);
  }
  return results;
}

}  // namespace showergan::app
