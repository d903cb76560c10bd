#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "base/threads.hpp"
#include "beam_spot.hpp"
#include "command.hpp"
#include "condition_source.hpp"
#include "seed_option.hpp"
#include "simulation_mesh.hpp"
#include "simulation_primaries.hpp"
#include "simulation_run.hpp"
#include "store/binning.hpp"
#include "store/shower_writer.hpp"

namespace showergan::app {
namespace {

using montecarlo::Settings;

struct Options {
  std::string detector = "clic-ecal";
  PrimaryOptions primaries;
  std::string impact;
  std::string impact_spread;
  std::filesystem::path binning;
  std::string particle_name;
  std::optional<std::int64_t> count;
  std::string seed = "1";
  int threads = 0;
  Settings settings;
  std::filesystem::path output;
  bool force = false;
  bool resume = false;
  bool quiet = false;
};

montecarlo::PrimaryKind particle_of(const std::string& name) {
  const auto kind = montecarlo::primary_kind(name);
  if (!kind) {
    throw InputError(fmt::format("there is no particle '{}' here", name), {},
                     "give e-, e+, gamma or pi0");
  }
  return *kind;
}

/// When to make what is done visible: every minute, or less often if that itself takes long.
class CheckpointClock {
 public:
  bool due() const { return seconds_since(last_) > std::max(60.0, 20 * cost_); }

  template <typename Work>
  void run(Work&& work) {
    const auto start = Clock::now();
    work();
    cost_ = seconds_since(start);
    last_ = Clock::now();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }

  Clock::time_point last_ = Clock::now();
  double cost_ = 0;
};

/// The source in the provenance: with seed, detector and binning all that a resumed run must share.
std::string describe(const Options& options, const Detector& detector) {
  const Settings& settings = options.settings;
  return fmt::format("Monte Carlo (showergan {}): {}, cuts {} and {} mm, {} MeV; detector {:016x}",
                     SHOWERGAN_VERSION, options.primaries.describe(), settings.photon_cut,
                     settings.electron_cut, settings.tracking_cut, fingerprint(detector));
}

WriteOptions writing_of(const Options& options, const SimulationPlan& plan, std::int64_t count) {
  WriteOptions writing;
  writing.provenance = {plan.detector.name, describe(options, plan.detector), plan.seed};
  if (plan.mesh) {
    writing.calochallenge = true;
    writing.binning = plan.mesh;
    writing.axes = "radius, angle, layer";
  }
  writing.force = options.force;
  writing.resume = options.resume;
  writing.threads = plan.threads;
  writing.expected = count;
  return writing;
}

void check_settings(const Options& options) {
  const Settings& settings = options.settings;
  const std::pair<const char*, double> lengths[] = {{"--photon-cut", settings.photon_cut},
                                                    {"--electron-cut", settings.electron_cut}};
  for (const auto& [name, value] : lengths) {
    if (value >= 1e-4 && value <= 1e3) continue;
    throw InputError(fmt::format("{} {:g} is outside 0.0001 to 1000 mm", name, value));
  }
  if (!(settings.tracking_cut >= 1e-3 && settings.tracking_cut <= 10)) {
    throw InputError(
        fmt::format("--tracking-cut {:g} is outside 0.001 to 10 MeV", settings.tracking_cut));
  }
}

SimulationPlan plan_of(const Options& options) {
  SimulationPlan plan;
  plan.seed = parse_seed(options.seed);
  plan.settings = options.settings;
  plan.beam.kind = particle_of(options.primaries.particle);
  plan.detector = find_detector(options.detector);
  plan.threads = options.threads > 0 ? options.threads : available_cores();
  if (!options.binning.empty()) {
    plan.mesh = read_mesh(options.binning, options.particle_name, plan.detector);
  }
  check_beam_spot(options.primaries.spot, plan.detector, plan.mesh.has_value());
  aim(plan.beam, options.primaries.spot, plan.detector);
  return plan;
}

/// A file of `--like` in the CaloChallenge layout has its binning beside it, or that of the output.
ReadOptions reading_like(const Options& options) {
  ReadOptions reading;
  std::error_code ignored;
  const bool beside = std::filesystem::exists(binning_path(options.primaries.like), ignored);
  if (!beside) reading.binning = options.binning;
  return reading;
}

/// Up to that number, or until the user wishes to stop: then throws, and the file is whole.
void write_showers(SimulationRun& run, ShowerWriter& writer, std::int64_t count, int threads,
                   const Options& options) {
  const std::int64_t before = writer.written();
  Progress progress("showers", count - before, options.quiet);
  CheckpointClock clock;
  double seconds = 0;
  while (writer.written() < count && !interrupted()) {
    // So many that threads seldom wait for the last one.
    const std::int64_t here = std::min<std::int64_t>(count - writer.written(), 16 * threads);
    const auto start = std::chrono::steady_clock::now();
    const ShowerBatch batch = run.simulate(writer.written(), here);
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    writer.write(batch);
    progress.update(writer.written() - before);
    if (clock.due()) clock.run([&] { writer.checkpoint(); });
  }
  if (writer.written() == 0) throw Error("interrupted", {}, "nothing was written");
  if (writer.written() > before) {
    writer.state_time(1e3 * seconds / static_cast<double>(writer.written() - before), threads);
  }
  writer.finish();
  progress.finish();
  if (writer.written() < count) {
    throw Error(fmt::format("interrupted after {} of {} showers", writer.written(), count),
                fmt::format("'{}' holds those", options.output.string()), "go on with --resume");
  }
}

void simulate(Options options) {
  check_settings(options);
  options.primaries.spot = parse_beam_spot(options.impact, options.impact_spread);
  SimulationPlan plan = plan_of(options);
  const auto source = make_primaries(options.primaries, plan.seed, reading_like(options));
  if (has_impacts(options.primaries, *source)) {
    plan.impacts_of_source = true;
    plan.beam.spread_x = plan.beam.spread_y = 0;
  }
  std::error_code ignored;
  if (std::filesystem::equivalent(options.primaries.like, options.output, ignored)) {
    throw InputError(fmt::format("--like and --output are one file, '{}'", options.output.string()),
                     {}, "give the output another name");
  }
  const std::int64_t count = number_of_showers(options.count, *source, options.primaries.like);
  ShowerWriter writer(options.output, plan.grid(), writing_of(options, plan, count));
  const std::int64_t before = writer.written();
  if (before > 0) {
    check_resumed(options.output, std::min(before, count), options.primaries, *source);
  }
  if (before >= count) {
    if (!options.quiet) {
      fmt::print("{} is complete: {} shower{}\n", options.output.string(), before,
                 before == 1 ? "" : "s");
    }
    return;
  }
  SimulationRun run(plan, *source);
  const auto start = std::chrono::steady_clock::now();
  write_showers(run, writer, count, plan.threads, options);
  if (options.quiet) return;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print("{}: {} shower{} of {} in {}\n", options.output.string(), count, count == 1 ? "" : "s",
             options.primaries.particle, plan.detector.name);
  const double milliseconds = 1e3 * seconds.count() / static_cast<double>(count - before);
  fmt::print("{} ms per shower on {} thread{}, {:.3g} ms per GeV and core\n",
             milliseconds < 1000 ? fmt::format("{:.3g}", milliseconds)
                                 : fmt::format("{:.0f}", milliseconds),
             plan.threads, plan.threads == 1 ? "" : "s",
             1e3 * seconds.count() * plan.threads / run.energy());
}

}  // namespace

void add_simulate(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      application.add_subcommand("simulate", "Make showers by Monte Carlo, particle by particle");
  command->add_option("-d,--detector", options->detector,
                      "Detector description, or name of a shipped one [clic-ecal]");
  command->add_option("-p,--particle", options->primaries.particle, "e-, e+, gamma or pi0 [e-]");
  command->add_option("-n,--number", options->count, "Showers to make [all of --like]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 48));
  CLI::Option* energy =
      command->add_option("-e,--energy", options->primaries.energy,
                          "Kinetic energy of the primary in GeV: VALUE or LOW:HIGH");
  CLI::Option* theta = command->add_option("--theta", options->primaries.theta,
                                           "Angle to the depth axis in rad: VALUE or LOW:HIGH [0]");
  CLI::Option* phi =
      command->add_option("--phi", options->primaries.phi, "Azimuth in rad: VALUE or LOW:HIGH [0]");
  command
      ->add_option("--like", options->primaries.like,
                   "Take energies, and angles and impacts that it has, from this shower file")
      ->excludes(energy)
      ->excludes(theta)
      ->excludes(phi);
  command->add_option("--impact", options->impact,
                      "Where primaries meet the front: X,Y in mm from its middle [0,0]");
  command->add_option("--impact-spread", options->impact_spread,
                      "Gaussian spread of that (standard deviation in mm along x and along y), or "
                      "'cell': even over a cell [cell; 0 with --impact]");
  CLI::Option* binning = command->add_option(
      "--binning", options->binning,
      "CaloChallenge binning (XML): read out rings and sectors around the shower, and write the "
      "CaloChallenge layout");
  command
      ->add_option("--particle-name", options->particle_name,
                   "Name or pid of the binning to take, if the XML has several")
      ->needs(binning);
  command->add_option("-s,--seed", options->seed, "Seed of the random numbers [1]");
  command->add_option("-t,--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_option("--photon-cut", options->settings.photon_cut,
                      "Range in mm below which no photon is produced [0.1]");
  command->add_option("--electron-cut", options->settings.electron_cut,
                      "Range in mm below which no electron is produced [0.1]");
  command->add_option("--tracking-cut", options->settings.tracking_cut,
                      "Kinetic energy in MeV below which a particle stops where it is [0.001]");
  command->add_option("-o,--output", options->output, "Shower file to write (HDF5)")->required();
  CLI::Option* force = command->add_flag("-f,--force", options->force, "Overwrite the output");
  command->add_flag("--resume", options->resume, "Go on with the output of an interrupted run")
      ->excludes(force);
  command->add_flag("-q,--quiet", options->quiet, "No progress, no summary");
  command->callback([options] { simulate(*options); });
}

}  // namespace showergan::app
