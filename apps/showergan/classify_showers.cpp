#include "classify_showers.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <sstream>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "measure_showers.hpp"
#include "physics/classifier/classifiers.hpp"

namespace showergan::app {
namespace {

/// All there are, by what they see: the last sees most.
constexpr std::array kClassifiers = {"high", "low", "cnn"};

std::vector<physics::ClassifierResult> without_auc(const std::vector<std::string>& classifiers) {
  std::vector<physics::ClassifierResult> results;
  for (const std::string& name : classifiers) {
    physics::ClassifierResult result;
    result.name = "auc_" + name;
    result.reason = "the energy spectra differ and a classifier would learn them";
    results.push_back(result);
  }
  return results;
}

bool contains(const std::vector<std::string>& classifiers, const std::string& name) {
  return std::ranges::find(classifiers, name) != classifiers.end();
}

physics::CompactImages read_images(const ShowerReader& reader, const physics::Sample& sample,
                                   bool quiet) {
  const std::int64_t batch = showers_at_once(reader.grid());
  physics::CompactImages images(sample);
  Progress progress("images", reader.size(), quiet);
  for (std::int64_t first = 0; first < reader.size(); first += batch) {
    if (interrupted()) throw Error("interrupted", "", "nothing was written");
    const std::int64_t count = std::min(batch, reader.size() - first);
    images.append(reader.read(first, count));
    progress.update(first + count);
  }
  return images;
}

/// Those that look at cells, whose images are read from the files once more.
void classify_cells(const MeasuredFile& reference, const MeasuredFile& candidate,
                    const ClassifyOptions& options, const physics::ClassifierOptions& training,
                    std::vector<physics::ClassifierResult>& results) {
  const auto [r, c] = physics::classes_of(reference.set, candidate.set,
                                          physics::most_images(reference.file.grid()));
  const auto images_r = read_images(reference.file, r, options.quiet);
  const auto images_c = read_images(candidate.file, c, options.quiet);
  if (contains(options.classifiers, "low")) {
    results.push_back(physics::auc_low(images_r, images_c, training));
  }
  if (contains(options.classifiers, "cnn")) {
    results.push_back(physics::auc_cnn(images_r, images_c, training));
  }
}

}  // namespace

std::vector<std::string> classifiers_named(const std::string& text) {
  std::vector<std::string> chosen;
  if (text == "none") return chosen;
  if (text == "all") return {kClassifiers.begin(), kClassifiers.end()};
  std::set<std::string> asked;
  std::istringstream names(text + ',');
  for (std::string name; std::getline(names, name, ',');) {
    if (std::ranges::find(kClassifiers, name) == kClassifiers.end()) {
      throw InputError("there is no classifier '" + name + "'", "--classifiers " + text,
                       "give none, all, or some of high,low,cnn");
    }
    asked.insert(name);
  }
  std::ranges::copy_if(kClassifiers, std::back_inserter(chosen),
                       [&](const std::string& name) { return asked.contains(name); });
  return chosen;
}

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
  if (contains(options.classifiers, "low") || contains(options.classifiers, "cnn")) {
    classify_cells(reference, candidate, options, training, results);
  }
  return results;
}

}  // namespace showergan::app
