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
#include "command.hpp"
#include "condition_source.hpp"
#include "montecarlo/constants.hpp"
#include "seed_option.hpp"
#include "shower/condition.hpp"
#include "simulation_run.hpp"
#include "store/shower_reader.hpp"
#include "store/shower_writer.hpp"

namespace showergan::app {
namespace {

using montecarlo::Settings;
using montecarlo::two_pi;

struct Options {
  std::string detector = "clic-ecal";
  std::string particle = "e-";
  std::optional<std::int64_t> count;
  std::string energy;
  std::string theta;
  std::string phi;
  std::filesystem::path like;
  std::string seed = "1";
  int threads = 0;
  Settings settings;
  std::filesystem::path output;
  bool force = false;
  bool resume = false;
  bool quiet = false;
};

montecarlo::PrimaryKind particle_of(const Options& options) {
  const auto kind = montecarlo::primary_kind(options.particle);
  if (!kind) {
    throw InputError(fmt::format("there is no particle '{}' here", options.particle), {},
                     "give e-, e+, gamma or pi0");
  }
  return *kind;
}

/// Primaries that the Monte Carlo is made for: GeV, rad.
const ConditionRange energies{"energy", 1e-3, 1000};
const ConditionRange thetas{"theta", 0,
                            1.5};  // the depth axis is 0; beyond it would miss the front
const ConditionRange phis{"phi", -two_pi, two_pi};

/// `where`: "shower 17 of 'x.h5'", or empty.
void check(const Condition& condition, const std::string& where) {
  for (const ConditionRange& range : {energies, thetas, phis}) {
    const auto value = static_cast<double>(value_of(condition, range.name));
    // What is written 0.001 may be a little less as a float.
    if (value >= range.low * (1 - 1e-6) && value <= range.high * (1 + 1e-6)) continue;
    throw InputError(
        fmt::format("{} {:g} is outside {:g} to {:g}", range.name, value, range.low, range.high),
        where, range.name == "energy" ? "energies are in GeV" : "angles are in rad");
  }
}

/// Showers of a file whose conditions are looked at together.
constexpr std::int64_t block = 64;

std::unique_ptr<ConditionSource> make_source(const Options& options, std::uint64_t seed) {
  ConditionNeeds needs{"a simulation", {energies}};
  if (!options.like.empty()) {
    auto source = conditions_like(options.like, needs);
    for (std::int64_t first = 0; first < *source->size(); first += block) {
      std::int64_t shower = first;
      for (const Condition& c : source->read(first, std::min(block, *source->size() - first))) {
        check(c, fmt::format("shower {} of '{}'", shower++, options.like.string()));
      }
    }
    return source;
  }
  const RequestedConditions requested = parse_requested(options.energy, options.theta, options.phi);
  if (requested.theta) needs.conditions.push_back(thetas);
  if (requested.phi) needs.conditions.push_back(phis);
  auto source = drawn_conditions(requested, needs, seed);
  const auto [theta, phi] =
      std::pair{requested.theta.value_or(ValueOrRange{}), requested.phi.value_or(ValueOrRange{})};
  check({requested.energy->low, theta.low, phi.low}, {});
  check({requested.energy->high, theta.high, phi.high}, {});
  return source;
}

/// Refuses to go on with a file of other primaries than those that are asked for now: another
/// `--like` file of the same name, say.
void check_resumed(const std::filesystem::path& path, std::int64_t count, ConditionSource& source) {
  const ShowerReader reader(path);
  for (std::int64_t first = 0; first < count; first += block) {
    const std::int64_t here = std::min(block, count - first);
    const ShowerBatch stored = reader.read(first, here);
    const std::vector<Condition> asked = source.read(first, here);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const bool same = stored.energy[i] == asked[i].energy &&
                        (stored.theta.empty() ? 0.0f : stored.theta[i]) == asked[i].theta &&
                        (stored.phi.empty() ? 0.0f : stored.phi[i]) == asked[i].phi;
      if (same) continue;
      throw InputError(fmt::format("'{}' has other primaries than are asked for", path.string()),
                       fmt::format("from shower {} on", first + static_cast<std::int64_t>(i)),
                       "give the settings that it was begun with, or the name of another file");
    }
  }
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

/// The source in the provenance: with seed and detector all that a resumed run must share.
std::string describe(const Options& options, const Detector& detector) {
  const Settings& settings = options.settings;
  std::string primaries = "like " + options.like.filename().string();
  if (options.like.empty()) {
    primaries = options.energy + " GeV";
    if (!options.theta.empty()) primaries += ", theta " + options.theta;
    if (!options.phi.empty()) primaries += ", phi " + options.phi;
  }
  return fmt::format(
      "Monte Carlo (showergan {}): {}, {}, cuts {:g} and {:g} mm, {:g} MeV; "
      "detector {:016x}",
      SHOWERGAN_VERSION, options.particle, primaries, settings.photon_cut, settings.electron_cut,
      settings.tracking_cut, fingerprint(detector));
}

WriteOptions writing_of(const Options& options, const Detector& detector, std::uint64_t seed,
                        std::int64_t count, int threads) {
  WriteOptions writing;
  writing.provenance = {detector.name, describe(options, detector), seed};
  writing.force = options.force;
  writing.resume = options.resume;
  writing.threads = threads;
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

void simulate(const Options& options) {
  check_settings(options);
  const std::uint64_t seed = parse_seed(options.seed);
  const montecarlo::PrimaryKind particle = particle_of(options);
  const auto source = make_source(options, seed);
  const std::int64_t count = number_of_showers(options.count, *source, options.like);
  const Detector detector = find_detector(options.detector);
  const int threads = options.threads > 0 ? options.threads : available_cores();
  ShowerWriter writer(options.output, detector.grid,
                      writing_of(options, detector, seed, count, threads));
  const std::int64_t before = writer.written();
  if (before > 0) check_resumed(options.output, std::min(before, count), *source);
  if (before >= count) {
    if (!options.quiet) fmt::print("{} is complete\n", options.output.string());
    return;
  }
  SimulationRun run(detector, options.settings, particle, *source, seed, threads);
  Progress progress("showers", count - before, options.quiet);
  CheckpointClock clock;
  const auto start = std::chrono::steady_clock::now();
  while (writer.written() < count && !interrupted()) {
    // So many that threads seldom wait for the last one.
    const std::int64_t here = std::min<std::int64_t>(count - writer.written(), 16 * threads);
    writer.write(run.simulate(writer.written(), here));
    progress.update(writer.written() - before);
    if (clock.due()) clock.run([&] { writer.checkpoint(); });
  }
  if (writer.written() == 0) throw Error("interrupted", {}, "nothing was written");
  writer.finish();
  progress.finish();
  if (writer.written() < count) {
    throw Error(fmt::format("interrupted after {} of {} showers", writer.written(), count),
                fmt::format("'{}' holds those", options.output.string()), "go on with --resume");
  }
  if (options.quiet) return;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  fmt::print("{}: {} shower{} of {} in {}\n", options.output.string(), count, count == 1 ? "" : "s",
             options.particle, detector.name);
  fmt::print("{:.3g} ms per shower on {} thread{}, {:.3g} ms per GeV and core\n",
             1e3 * seconds.count() / static_cast<double>(count - before), threads,
             threads == 1 ? "" : "s", 1e3 * seconds.count() * threads / run.energy());
}

}  // namespace

void add_simulate(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      application.add_subcommand("simulate", "Make showers by Monte Carlo, particle by particle");
  command->add_option("-d,--detector", options->detector,
                      "Detector description, or name of a shipped one [clic-ecal]");
  command->add_option("-p,--particle", options->particle, "e-, e+, gamma or pi0 [e-]");
  command->add_option("-n,--number", options->count, "Showers to make [all of --like]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 48));
  CLI::Option* energy = command->add_option(
      "-e,--energy", options->energy, "Kinetic energy of the primary in GeV: VALUE or LOW:HIGH");
  CLI::Option* theta = command->add_option("--theta", options->theta,
                                           "Angle to the depth axis in rad: VALUE or LOW:HIGH [0]");
  CLI::Option* phi =
      command->add_option("--phi", options->phi, "Azimuth in rad: VALUE or LOW:HIGH [0]");
  command->add_option("--like", options->like, "Take energies (and angles) from this shower file")
      ->excludes(energy)
      ->excludes(theta)
      ->excludes(phi);
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
