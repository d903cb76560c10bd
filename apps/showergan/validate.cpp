#include <memory>

#include "showergan/error.hpp"

#include "command.hpp"
#include "validate_modes.hpp"

namespace showergan::app {
namespace {

void validate(const ValidateOptions& options) {
  const bool has_reference = !options.reference.empty();
  const bool has_candidate = !options.candidates.empty();
  const bool has_card = !options.card.empty();
  const bool has_summary = !options.summary.empty();
  if (!options.identify.empty() && !(has_reference && has_candidate)) {
    throw InputError("--identify needs showers to compare", "", "give --reference and --candidate");
  }
  if (has_reference && has_summary && !has_candidate && !has_card) return summarize_file(options);
  if (has_reference && has_candidate && !has_card && !has_summary) return compare_files(options);
  if (has_card && has_candidate && !has_reference && !has_summary) {
    return compare_with_card(options);
  }
  throw InputError("these options of validate do not go together", "",
                   "give --reference and --candidate, --card and --candidate, or --reference and "
                   "--summarize");
}

/// Options of what must hold.
void add_requirements(CLI::App& command, ValidateOptions& options) {
  command.add_option("--require", options.limits,
                     "Limits on metrics (TOML); a broken one makes the exit status 1");
  command.add_option("--against", options.earlier,
                     "metrics.json of an earlier report; a metric that is worse makes the exit "
                     "status 1");
  command
      .add_option("--tolerance", options.tolerance,
                  "With --against: relative change that is allowed, for every metric [2 "
                  "uncertainties, or 0.05 where there is none]")
      ->check(CLI::NonNegativeNumber);
}

/// Options of files in the CaloChallenge layout.
void add_calochallenge(CLI::App& command, ValidateOptions& options) {
  command.add_option("--binning", options.binning,
                     "Binning XML of CaloChallenge files [NAME.binning.xml beside each]");
  command
      .add_option(
          "--voxel-threshold", options.voxel_threshold,
          "CaloChallenge files: energy in MeV below which a voxel is read as 0 [0.01515 for "
          "data sets 2 and 3, 0 for set 1, else 0.001]")
      ->check(CLI::NonNegativeNumber);
}

/// Options of the summary for a model's card.
void add_summary(CLI::App& command, ValidateOptions& options) {
  command.add_option("--summarize", options.summary,
                     "Write the summary of --reference for a model's card to this JSON file");
  command.add_option("--source", options.source,
                     "With --summarize: what the showers are [what the file says]");
  command
      .add_option("--ms-per-shower", options.ms_per_shower,
                  "With --summarize: time that the simulation took for one")
      ->check(CLI::PositiveNumber);
}

}  // namespace

void add_validate(CLI::App& application) {
  const auto options = std::make_shared<ValidateOptions>();
  CLI::App* command = application.add_subcommand(
      "validate", "Compare showers with Monte Carlo: metrics, figures, report");
  command->add_option("--reference", options->reference, "Monte Carlo showers (HDF5)");
  command
      ->add_option("--candidate", options->candidates,
                   "Showers to judge (HDF5); several for a column each")
      ->take_all();
  command->add_option_function<std::string>(
      "--classifiers",
      [options](const std::string& text) { options->classifiers = classifiers_named(text); },
      "Train classifiers to tell candidate and reference apart: none, all, or some of high (of "
      "features: seconds), low (of cells: minutes), cnn (of images: minutes to an hour), with "
      "commas "
      "between them [high]");
  command
      ->add_option(
          "--identify", options->identify,
          "Monte Carlo showers of another particle than the reference's (HDF5), as FILE or "
          "PARTICLE=FILE: train a classifier of the two and compare how candidate and "
          "reference are identified; several for one each")
      ->take_all();
  command->add_option("--training", options->others.training,
                      "Showers that the candidate's model was trained on (HDF5), to find copies");
  command->add_option("--library", options->others.library,
                      "Monte Carlo showers (HDF5) for the shower library, a lookup table beside "
                      "the candidate [those of --training]");
  command->add_option(
      "--card", options->card,
      "Instead of --reference: the Monte Carlo values in the card of a model, by name or "
      "path, or of a .json file");
  command->add_option("-o,--output", options->folder,
                      "Folder for the report: index.html, figures, metrics.json [only the table]");
  add_requirements(*command, *options);
  add_summary(*command, *options);
  add_calochallenge(*command, *options);
  command->add_option("--detector", options->detector,
                      "Detector description, by name or path [what the files say]");
  command->add_option("--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_flag("-f,--force", options->force, "Overwrite an earlier report");
  command->add_flag("-q,--quiet", options->quiet, "No progress");
  command->callback([options] { validate(*options); });
}

}  // namespace showergan::app
