#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "classify_showers.hpp"
#include "compare_showers.hpp"
#include "identify_showers.hpp"
#include "measure_showers.hpp"
#include "physics/metric/balanced_samples.hpp"
#include "physics/metric/compare.hpp"
#include "physics/report/classifier_section.hpp"
#include "physics/report/drawn_sets.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "physics/report/identification_section.hpp"
#include "physics/report/report_json.hpp"
#include "physics/report/sections.hpp"
#include "physics/report/similarity_section.hpp"
#include "physics/report/table_text.hpp"
#include "shower_gallery.hpp"
#include "telling_showers.hpp"
#include "validate_calochallenge.hpp"
#include "validate_modes.hpp"
#include "validate_run.hpp"

namespace showergan::app {
namespace {

void check_number(const ValidateOptions& options) {
  if (options.candidates.size() <= physics::kMostCandidates) return;
  throw InputError(fmt::format("{} candidates are too many", options.candidates.size()), "",
                   fmt::format("give up to {} at a time", physics::kMostCandidates));
}

/// With fewer showers no bin of the energy would count.
void check_sizes(const std::vector<ShowerReader>& files) {
  constexpr std::int64_t kFewest = 20;
  for (const ShowerReader& file : files) {
    if (file.size() >= kFewest) continue;
    throw InputError(fmt::format("too few showers in '{}'", file.path().string()),
                     std::to_string(file.size()),
                     fmt::format("give {} at least, better 2000", kFewest));
  }
}

/// A copy of a file under its own name would pass every limit.
void check_twice(const std::vector<ShowerReader>& files) {
  for (std::size_t i = 1; i < files.size(); ++i) {
    for (std::size_t before = 0; before < i; ++before) {
      std::error_code ignored;
      if (!std::filesystem::equivalent(files[i].path(), files[before].path(), ignored)) continue;
      throw InputError(fmt::format("'{}' is given twice", files[i].path().string()),
                       before == 0 ? "as --reference and --candidate" : "as --candidate",
                       "give each file once");
    }
  }
}

void check_grids(const std::vector<ShowerReader>& files) {
  const ShowerReader& reference = files.front();
  for (const ShowerReader& file : files) {
    if (file.grid() == reference.grid()) continue;
    const Grid a = reference.grid();
    const Grid b = file.grid();
    throw InputError("the files have different grids",
                     fmt::format("'{}' {}x{}x{}, '{}' {}x{}x{}", reference.path().string(), a.nx,
                                 a.ny, a.nz, file.path().string(), b.nx, b.ny, b.nz),
                     "compare showers of the same calorimeter");
  }
}

/// Names of the files in the report: without folder and extension where that tells them apart.
std::vector<std::string> labels_of(const std::vector<ShowerReader>& files) {
  std::vector<std::string> labels;
  for (const ShowerReader& file : files) labels.push_back(file.path().stem().string());
  std::vector<std::string> unique = labels;
  std::ranges::sort(unique);
  if (std::ranges::adjacent_find(unique) == unique.end()) return labels;
  labels.clear();
  for (const ShowerReader& file : files) labels.push_back(file.path().string());
  return labels;
}

/// The shower library, as it stands in the report.
physics::JudgedSet judged_library(const LibraryResult& library, const physics::SetInfo& reference) {
  physics::JudgedSet set;
  set.info = {"shower_library",     library.description,   reference.showers,
              reference.energy_low, reference.energy_high, {}};
  set.metrics = library.result.metrics;
  set.spectra = library.result.spectra;
  set.yardstick = true;
  return set;
}

/// Trains the classifiers of each candidate and adds them to the report; `files`: the reference's
/// first.
void add_classifiers(physics::Report& report, const MeasuredComparison& compared,
                     std::span<const ShowerReader> files, const ValidateOptions& options) {
  for (std::size_t i = 0; i < compared.results.size(); ++i) {
    physics::JudgedSet& set = report.candidates[i];
    set.classifiers =
        classify({files.front(), compared.reference}, {files[i + 1], compared.candidates[i]},
                 compared.results[i].spectra.verdict,
                 {options.classifiers, 1, options.threads, options.quiet});
    for (const physics::ClassifierResult& classifier : set.classifiers) {
      set.metrics.push_back(metric_of(classifier));
    }
  }
}

/// `files` and `labels`: the reference's first.
physics::Report report_of(const MeasuredComparison& compared, std::span<const ShowerReader> files,
                          const std::vector<std::string>& labels,
                          const MeasuringDetector& detector) {
  physics::Report report = {describe_set(files.front(), compared.reference, labels.front()),
                            {},
                            detector.name,
                            detector.geometry.threshold};
  for (std::size_t i = 0; i < compared.results.size(); ++i) {
    const physics::ComparisonResult& result = compared.results[i];
    report.candidates.push_back({describe_set(files[i + 1], compared.candidates[i], labels[i + 1]),
                                 result.metrics, result.warnings, result.spectra, result.bins});
  }
  if (compared.library) {
    report.candidates.push_back(judged_library(*compared.library, report.reference));
  }
  return report;
}

std::vector<physics::ReportSection> sections_of(const MeasuredComparison& compared,
                                                std::span<const ShowerReader> files,
                                                const std::vector<std::string>& labels,
                                                const physics::ImageGeometry& geometry) {
  std::vector<const physics::ShowerSet*> candidates;
  for (const physics::ShowerSet& set : compared.candidates) candidates.push_back(&set);
  std::vector<NamedShowers> named;
  for (std::size_t i = 0; i < files.size(); ++i) named.push_back({&files[i], labels[i]});
  const physics::DrawnSets drawn(
      physics::comparable_samples(compared.reference, candidates),
      {"Monte Carlo: " + labels.front(), {labels.begin() + 1, labels.end()}});
  std::vector<physics::ReportSection> sections = physics::sections_of(drawn);
  std::vector<const physics::Similarities*> similarities;
  for (const auto& result : compared.results) similarities.push_back(&result.similarities);
  sections.push_back(similarity_section(similarities, drawn.labels(), drawn.bins()));
  sections.push_back(shower_gallery(named, geometry));
  return sections;
}

/// The last classifier of a candidate chooses the showers that are shown.
void append_classifiers(physics::Report& report, std::span<const ShowerReader> files,
                        const physics::ImageGeometry& geometry) {
  report.sections.push_back(classifier_section(report.candidates));
  for (std::size_t i = 0; i + 1 < files.size(); ++i) {
    const physics::JudgedSet& set = report.candidates[i];
    if (!set.classifiers.back().auc) continue;
    report.sections.push_back(
        telling_showers(files[i + 1], i + 1, set.info.label, set.classifiers.back(), geometry));
  }
}

}  // namespace

void compare_files(const ValidateOptions& options) {
  check_number(options);
  const ReadOptions reading = {.binning = options.binning, .threads = options.threads};
  std::vector<ShowerReader> readers;
  readers.emplace_back(options.reference, reading);
  for (const auto& path : options.candidates) readers.emplace_back(path, reading);
  check_twice(readers);
  if (by_calochallenge(readers)) return compare_calochallenge(options, readers, labels_of(readers));
  const ValidateRun run(options);
  check_grids(readers);
  check_sizes(readers);
  std::vector<const ShowerReader*> views;
  for (const ShowerReader& reader : readers) views.push_back(&reader);
  std::vector<OtherShowers> others = open_others(options.identify, readers, options.threads);
  for (const OtherShowers& other : others) views.push_back(&other.file);
  const MeasuringDetector detector = choose_detector(views, options.detector);
  const std::vector<std::string> labels = labels_of(readers);
  const MeasuredComparison compared =
      compare_showers(readers.front(), std::span(readers).subspan(1), options.others, detector,
                      options.threads, options.quiet);
  physics::Report report = report_of(compared, readers, labels, detector);
  add_classifiers(report, compared, readers, options);
  identify_showers(report, others, compared, detector, {1, options.threads, options.quiet});
  run.judge(report);
  if (run.wants_report()) {
    report.sections = sections_of(compared, readers, labels, detector.geometry);
    if (!others.empty()) {
      report.sections.push_back(
          identification_section(report.candidates, "Monte Carlo: " + labels.front()));
    }
    if (!options.classifiers.empty()) append_classifiers(report, readers, detector.geometry);
  }
  run.finish(report, table_text(report, coloured()), metrics_json(report));
}

}  // namespace showergan::app
