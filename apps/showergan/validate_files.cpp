#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "measure_showers.hpp"
#include "physics/metric/balanced_samples.hpp"
#include "physics/metric/compare.hpp"
#include "physics/report/drawn_sets.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "physics/report/report_json.hpp"
#include "physics/report/sections.hpp"
#include "physics/report/table_text.hpp"
#include "shower_gallery.hpp"
#include "validate_modes.hpp"
#include "validate_run.hpp"

namespace showergan::app {
namespace {

/// A file with its showers measured.
struct MeasuredFile {
  ShowerReader file;
  std::string label;
  physics::ShowerSet showers;
};

void check_number(const ValidateOptions& options) {
  if (options.candidates.size() <= physics::kMostCandidates) return;
  throw InputError(fmt::format("{} candidates are too many", options.candidates.size()), "",
                   fmt::format("give up to {} at a time", physics::kMostCandidates));
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

std::vector<MeasuredFile> measure_files(std::vector<ShowerReader> files,
                                        const physics::ImageGeometry& geometry,
                                        const ValidateOptions& options) {
  const std::vector<std::string> labels = labels_of(files);
  std::vector<MeasuredFile> measured;
  for (std::size_t i = 0; i < files.size(); ++i) {
    physics::ShowerSet showers = measure(files[i], geometry, options.threads, options.quiet);
    measured.push_back({std::move(files[i]), labels[i], std::move(showers)});
  }
  return measured;
}

physics::Report compare_all(const std::vector<MeasuredFile>& files,
                            const MeasuringDetector& detector, int threads) {
  const MeasuredFile& reference = files.front();
  physics::Report report = {describe_set(reference.file, reference.showers, reference.label),
                            {},
                            detector.name,
                            detector.geometry.threshold};
  for (std::size_t i = 1; i < files.size(); ++i) {
    physics::ComparisonResult result =
        physics::compare(reference.showers, files[i].showers, threads);
    report.candidates.push_back({describe_set(files[i].file, files[i].showers, files[i].label),
                                 std::move(result.metrics), std::move(result.warnings),
                                 result.spectra});
  }
  return report;
}

std::vector<physics::ReportSection> sections_of(const std::vector<MeasuredFile>& files,
                                                const physics::ImageGeometry& geometry) {
  std::vector<const physics::ShowerSet*> candidates;
  std::vector<NamedShowers> named;
  physics::FigureLabels labels = {"Monte Carlo: " + files.front().label, {}};
  for (const MeasuredFile& file : files) {
    named.push_back({&file.file, file.label});
    if (&file == &files.front()) continue;
    candidates.push_back(&file.showers);
    labels.candidates.push_back(file.label);
  }
  const physics::DrawnSets drawn(physics::comparable_samples(files.front().showers, candidates),
                                 std::move(labels));
  std::vector<physics::ReportSection> sections = physics::sections_of(drawn);
  sections.push_back(shower_gallery(named, geometry));
  return sections;
}

}  // namespace

void compare_files(const ValidateOptions& options) {
  check_number(options);
  const ValidateRun run(options);
  std::vector<ShowerReader> readers;
  readers.emplace_back(options.reference, ReadOptions{.threads = options.threads});
  for (const auto& path : options.candidates) {
    readers.emplace_back(path, ReadOptions{.threads = options.threads});
  }
  check_grids(readers);
  std::vector<const ShowerReader*> views;
  for (const ShowerReader& reader : readers) views.push_back(&reader);
  const MeasuringDetector detector = choose_detector(views, options.detector);
  const std::vector<MeasuredFile> files =
      measure_files(std::move(readers), detector.geometry, options);
  physics::Report report = compare_all(files, detector, options.threads);
  run.judge(report);
  if (run.wants_report()) report.sections = sections_of(files, detector.geometry);
  run.finish(report, table_text(report, coloured()), metrics_json(report));
}

}  // namespace showergan::app
