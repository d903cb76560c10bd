#include "validate_calochallenge.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/units.hpp"
#include "measure_voxels.hpp"
#include "physics/calochallenge/compare_voxels.hpp"
#include "physics/calochallenge/protocol_classifiers.hpp"
#include "physics/calochallenge/protocol_observable.hpp"
#include "physics/calochallenge/protocol_sections.hpp"
#include "physics/calochallenge/same_voxels.hpp"
#include "physics/classifier/classifiers.hpp"
#include "physics/report/classifier_section.hpp"
#include "physics/report/report_json.hpp"
#include "physics/report/table_text.hpp"
#include "read_images.hpp"
#include "validate_run.hpp"

namespace showergan::app {
namespace {

bool has_rings(const ShowerReader& file) {
  return file.layout() == ShowerLayout::calochallenge && file.axes() != "x, y, z";
}

void check_options(const ValidateOptions& options) {
  const std::pair<bool, const char*> cartesian[] = {
      {!options.others.training.empty(), "--training"},
      {!options.others.library.empty(), "--library"},
      {!options.identify.empty(), "--identify"},
      {!options.detector.empty(), "--detector"}};
  for (const auto& [given, name] : cartesian) {
    if (!given) continue;
    throw InputError(fmt::format("{} is not for files in the CaloChallenge layout", name), "",
                     "leave it out");
  }
}

Binning common_binning(const std::vector<ShowerReader>& files, const ValidateOptions& options) {
  const Binning binning = binning_of(files.front(), options.binning);
  for (const ShowerReader& file : files) {
    if (physics::same_voxels(binning, binning_of(file, options.binning))) continue;
    throw InputError(
        "the files have different binnings",
        fmt::format("'{}' and '{}'", files.front().path().string(), file.path().string()),
        "compare showers of the same calorimeter");
  }
  return binning;
}

/// What was measured of the files, the reference's first.
std::vector<physics::VoxelSet> measure_all(const std::vector<ShowerReader>& files,
                                           const ValidateOptions& options) {
  const Binning binning = common_binning(files, options);
  const physics::Protocol protocol = physics::protocol_of(binning, options.voxel_threshold);
  const std::vector<double> edges =
      physics::voxel_edges(protocol, find_largest_voxel(files.front(), options.quiet));
  std::vector<physics::VoxelSet> sets;
  for (const ShowerReader& file : files) {
    sets.push_back(measure_voxels(file, binning, protocol, edges, options.threads, options.quiet));
  }
  return sets;
}

physics::SetInfo describe(const ShowerReader& file, const physics::VoxelSet& set,
                          const std::string& label) {
  const auto [low, high] = std::ranges::minmax(set.energy());
  return {label,
          file.path().string(),
          set.size(),
          low * units::MeV,
          high * units::MeV,
          file.attributes()};
}

std::vector<physics::ClassifierResult> classify(const ShowerReader& reference_file,
                                                const ShowerReader& candidate_file,
                                                const physics::ComparedVoxels& sets,
                                                const ValidateOptions& options) {
  const ClassifierChoice& choice = options.classifiers;
  if (sets.spectra.verdict == physics::EnergySpectra::different) return without_auc(choice);
  const physics::ClassifierOptions training = {.threads = options.threads, .quiet = options.quiet};
  std::vector<physics::ClassifierResult> results;
  if (contains(choice, "high")) results.push_back(physics::protocol_auc_high(sets, training));
  if (!looks_at_cells(choice)) return results;
  const auto [r, c] = physics::selected_images(sets, physics::most_images(reference_file.grid()));
  const auto images_r = read_images(reference_file, physics::CompactImages(r), options.quiet);
  const auto images_c = read_images(candidate_file, physics::CompactImages(c), options.quiet);
  if (contains(choice, "low")) {
    results.push_back(physics::protocol_auc_low(images_r, images_c, training));
  }
  if (contains(choice, "cnn")) {
    results.push_back(physics::protocol_auc_cnn(sets.reference, images_r, images_c, training));
  }
  return results;
}

std::string describe_layout(const physics::VoxelSet& set) {
  return fmt::format("{}, {} voxels in {} layers", name_of(set.protocol().data_set),
                     set.binning().voxels(), set.layers().size());
}

constexpr const char* kMethod =
    "Separation powers compare all showers, as the CaloChallenge does; their floor is that between "
    "the two halves of the\nreference, brought to that number of showers. Distances are means over "
    "two halves of the sets.\n";

physics::Report empty_report(const std::vector<ShowerReader>& files,
                             const std::vector<physics::VoxelSet>& sets,
                             const std::vector<std::string>& labels) {
  physics::Report report = {describe(files.front(), sets.front(), labels.front()),
                            {},
                            describe_layout(sets.front()),
                            sets.front().protocol().threshold * units::MeV};
  report.method = kMethod;
  return report;
}

}  // namespace

bool by_calochallenge(const std::vector<ShowerReader>& files) {
  const bool first = has_rings(files.front());
  for (const ShowerReader& file : files) {
    if (has_rings(file) == first) continue;
    throw InputError("the files are in different layouts",
                     fmt::format("'{}' is in {}, '{}' in {}", files.front().path().string(),
                                 files.front().axes(), file.path().string(), file.axes()),
                     "compare Cartesian images or CaloChallenge files with each other");
  }
  return first;
}

void compare_calochallenge(const ValidateOptions& options, const std::vector<ShowerReader>& files,
                           const std::vector<std::string>& labels) {
  check_options(options);
  const ValidateRun run(options);
  const std::vector<physics::VoxelSet> sets = measure_all(files, options);
  physics::Report report = empty_report(files, sets, labels);
  std::vector<physics::DrawnCandidate> drawn;
  for (std::size_t i = 1; i < sets.size(); ++i) {
    physics::ComparisonResult result = physics::compare_voxels(
        sets.front(), sets[i],
        {.threads = options.threads, .uncertainties = true, .distances = true});
    const physics::ComparedVoxels compared(sets.front(), sets[i]);
    auto classifiers = classify(files.front(), files[i], compared, options);
    for (const auto& classifier : classifiers) result.metrics.push_back(metric_of(classifier));
    drawn.push_back({labels[i], &sets[i], result.metrics});
    report.candidates.push_back({describe(files[i], sets[i], labels[i]), std::move(result.metrics),
                                 std::move(result.warnings), result.spectra});
    report.candidates.back().classifiers = std::move(classifiers);
  }
  run.judge(report);
  if (run.wants_report()) {
    report.sections = physics::protocol_sections(
        physics::DrawnVoxels(sets.front(), "Monte Carlo: " + labels.front(), std::move(drawn)));
    if (!options.classifiers.empty()) {
      report.sections.push_back(classifier_section(report.candidates));
    }
  }
  run.finish(report, table_text(report, coloured()), metrics_json(report));
}

}  // namespace showergan::app
