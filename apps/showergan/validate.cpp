#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/threads.hpp"
#include "classify_showers.hpp"
#include "command.hpp"
#include "measure_showers.hpp"
#include "model/model_file.hpp"
#include "physics/metric/compare.hpp"
#include "physics/report/report.hpp"
#include "physics/report/set_figures.hpp"
#include "physics/summary/summary.hpp"
#include "physics/summary/summary_comparison.hpp"

namespace showergan::app {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path reference;
  fs::path candidate;
  std::string card;
  fs::path summary;
  std::string source;
  std::optional<double> ms_per_shower;
  fs::path folder;
  std::string detector;
  std::string classifiers = "high";
  int threads = available_cores();
  bool force = false;
  bool quiet = false;
};

/// The folder of the report, made before the long work so that a wrong one is found at once; none
/// if only the table is wanted.
std::optional<physics::ReportFolder> report_folder(const Options& options) {
  if (options.folder.empty()) return std::nullopt;
  return physics::ReportFolder(options.folder, options.force);
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

bool coloured() {
  return isatty(STDOUT_FILENO) == 1;
}

void say_where(const Options& options) {
  if (!options.quiet) print(fmt::format("\nThe report is in {}\n", options.folder.string()));
}

void compare_files(const Options& options) {
  const auto folder = report_folder(options);
  ShowerReader reference_file(options.reference, {.threads = options.threads});
  ShowerReader candidate_file(options.candidate, {.threads = options.threads});
  if (reference_file.grid() != candidate_file.grid()) {
    const Grid a = reference_file.grid();
    const Grid b = candidate_file.grid();
    throw InputError("the two files have different grids",
                     fmt::format("'{}' {}x{}x{}, '{}' {}x{}x{}", options.reference.string(), a.nx,
                                 a.ny, a.nz, options.candidate.string(), b.nx, b.ny, b.nz),
                     "compare showers of the same calorimeter");
  }
  const MeasuringDetector detector =
      choose_detector({&reference_file, &candidate_file}, options.detector);
  const physics::ShowerSet reference =
      measure(reference_file, detector.geometry, options.threads, options.quiet);
  const physics::ShowerSet candidate =
      measure(candidate_file, detector.geometry, options.threads, options.quiet);
  physics::ComparisonResult result = physics::compare(reference, candidate, options.threads);
  result.classifiers =
      classify({reference_file, reference}, {candidate_file, candidate}, result.spectra.verdict,
               {options.classifiers, 1, options.threads, options.quiet});
  const physics::ReportContext context = {describe_set(reference_file, reference),
                                          describe_set(candidate_file, candidate), detector.name,
                                          detector.geometry.threshold};
  print(table_text(context, result, coloured()));
  if (!folder) return;
  const auto [r, c] = physics::comparable_samples(reference, candidate);
  const physics::FigureLabels labels = {"Monte Carlo: " + options.reference.filename().string(),
                                        "candidate: " + options.candidate.filename().string()};
  folder->write(metrics_json(context, result), figures_of(r, c, labels),
                {correlation_figure(r, c, labels)}, options.threads);
  say_where(options);
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path)) {
    throw InputError("cannot read '" + path.string() + "'", "", "check the path given to --card");
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The Monte Carlo values of a model (by name or path), or of a JSON file.
physics::Summary read_card(const std::string& card) {
  if (fs::path(card).extension() == ".json") return physics::parse_summary(read_text(card), card);
  const Model model = find_model(card);
  if (model.card.facts.empty()) {
    throw InputError("the model '" + card + "' has no Monte Carlo values in its card", "",
                     "compare with a file of showers: --reference");
  }
  return physics::parse_summary(model.card.facts, card);
}

physics::SetInfo describe_summary(const physics::Summary& summary) {
  physics::SetInfo info;
  info.file = summary.source;
  for (const physics::SummaryBin& bin : summary.bins) info.showers += bin.showers;
  info.energy_low = summary.bins.front().energy_low;
  info.energy_high = summary.bins.back().energy_high;
  if (summary.ms_per_shower) {
    info.attributes.emplace_back("ms_per_shower", fmt::format("{:g}", *summary.ms_per_shower));
  }
  return info;
}

void compare_with_card(const Options& options) {
  const auto folder = report_folder(options);
  const physics::Summary summary = read_card(options.card);
  ShowerReader candidate_file(options.candidate, {.threads = options.threads});
  const MeasuringDetector detector =
      choose_detector({&candidate_file}, options.detector, summary.detector);
  const physics::ShowerSet candidate =
      measure(candidate_file, detector.geometry, options.threads, options.quiet);
  const physics::SummaryComparison result = compare_with_summary(summary, candidate);
  const physics::ReportContext context = {describe_summary(summary),
                                          describe_set(candidate_file, candidate), detector.name,
                                          detector.geometry.threshold};
  print(table_text(context, result, coloured()));
  if (!folder) return;
  const physics::FigureLabels labels = {"Monte Carlo: " + summary.source,
                                        "candidate: " + options.candidate.filename().string()};
  folder->write(metrics_json(context, result), figures_of(result, candidate, labels), {},
                options.threads);
  say_where(options);
}

void summarize_file(const Options& options) {
  // Opened first: a name that cannot be written is found before the long work.
  const AtomicFile check(options.summary, options.force);
  ShowerReader file(options.reference, {.threads = options.threads});
  const MeasuringDetector detector = choose_detector({&file}, options.detector);
  const physics::ShowerSet set = measure(file, detector.geometry, options.threads, options.quiet);
  std::string source = options.source;
  if (source.empty()) source = file.provenance().source;
  if (source.empty()) source = options.reference.filename().string();
  write_file(options.summary,
             physics::summarize_monte_carlo(set, source, detector.name, options.ms_per_shower),
             options.force);
}

void validate(const Options& options) {
  const bool has_reference = !options.reference.empty();
  const bool has_candidate = !options.candidate.empty();
  const bool has_card = !options.card.empty();
  const bool has_summary = !options.summary.empty();
  if (has_reference && has_summary && !has_candidate && !has_card) return summarize_file(options);
  if (has_reference && has_candidate && !has_card && !has_summary) return compare_files(options);
  if (has_card && has_candidate && !has_reference && !has_summary)
    return compare_with_card(options);
  throw InputError("these options of validate do not go together", "",
                   "give --reference and --candidate, --card and --candidate, or --reference and "
                   "--summarize");
}

}  // namespace

void add_validate(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = application.add_subcommand(
      "validate", "Compare showers with Monte Carlo: metrics, figures, report");
  command->add_option("--reference", options->reference, "Monte Carlo showers (HDF5)");
  command->add_option("--candidate", options->candidate, "Showers to judge (HDF5)");
  command->add_option(
      "--card", options->card,
      "Instead of --reference: the Monte Carlo values in the card of a model, by name or "
      "path, or of a .json file");
  command->add_option("-o,--output", options->folder,
                      "Folder for metrics.json and figures [only the table]");
  command->add_option("--summarize", options->summary,
                      "Write the summary of --reference for a model's card to this JSON file");
  command->add_option("--source", options->source,
                      "With --summarize: what the showers are [what the file says]");
  command
      ->add_option("--ms-per-shower", options->ms_per_shower,
                   "With --summarize: time that the simulation took for one")
      ->check(CLI::PositiveNumber);
  command->add_option("--detector", options->detector,
                      "Detector description, by name or path [what the files say]");
  command
      ->add_option("--classifiers", options->classifiers,
                   "With --reference and --candidate: train classifiers to tell them apart; high: "
                   "of features, all: of cells as well, for minutes to hours [high]")
      ->check(CLI::IsMember({"none", "high", "all"}));
  command->add_option("--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_flag("-f,--force", options->force, "Overwrite an earlier report");
  command->add_flag("-q,--quiet", options->quiet, "No progress");
  command->callback([options] { validate(*options); });
}

}  // namespace showergan::app
