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
#include "base/units.hpp"
#include "command.hpp"
#include "montecarlo/monte_carlo.hpp"
#include "primary_source.hpp"
#include "seed_option.hpp"
#include "store/shower_writer.hpp"

namespace showergan::app {
namespace {

using montecarlo::MonteCarlo;
using montecarlo::Primary;
using montecarlo::Settings;
using montecarlo::ShowerRecord;

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

ValueOrRange energies_of(const Options& options) {
  if (options.energy.empty()) {
    throw InputError("which energies?", {}, "give --energy LOW:HIGH in GeV or --like FILE");
  }
  const ValueOrRange energy = parse_value_or_range(options.energy, "--energy");
  constexpr float lowest = 1e-3f;
  constexpr float highest = 1000;
  if (energy.low < lowest || energy.high > highest) {
    throw InputError(
        fmt::format("--energy {} is outside {} to {} GeV", options.energy, lowest, highest));
  }
  return energy;
}

std::unique_ptr<PrimarySource> make_source(const Options& options, std::uint64_t seed) {
  const montecarlo::PrimaryKind kind = particle_of(options);
  if (!options.like.empty()) return primaries_like(options.like, kind);
  PrimaryRequest request{kind, energies_of(options), {}, {}};
  if (!options.theta.empty()) request.theta = parse_value_or_range(options.theta, "--theta");
  if (!options.phi.empty()) request.phi = parse_value_or_range(options.phi, "--phi");
  return drawn_primaries(request, seed);
}

std::int64_t number_of_showers(const Options& options, const PrimarySource& source) {
  if (!options.count && !source.size()) {
    throw InputError("how many showers?", {}, "give -n COUNT");
  }
  if (options.count && source.size() && *options.count > *source.size()) {
    throw InputError(fmt::format("'{}' has {} showers, not {}", options.like.string(),
                                 *source.size(), *options.count));
  }
  return options.count ? *options.count : *source.size();
}

/// Showers of these primaries, still without cells.
ShowerBatch make_batch(const Grid& grid, const std::vector<Primary>& primaries, bool angles) {
  ShowerBatch batch;
  batch.grid = grid;
  for (const Primary& primary : primaries) {
    batch.energy.push_back(static_cast<float>(primary.energy * units::MeV));
    if (!angles) continue;
    batch.theta.push_back(static_cast<float>(primary.theta));
    batch.phi.push_back(static_cast<float>(primary.phi));
  }
  batch.cells.resize(primaries.size() * static_cast<std::size_t>(grid.cells()));
  for (auto* column : {&batch.impact_x, &batch.impact_y, &batch.escaped}) {
    column->resize(primaries.size());
  }
  return batch;
}

/// Keeps the first ones.
void shorten(ShowerBatch& batch, std::int64_t count) {
  const auto showers = static_cast<std::size_t>(count);
  for (auto* column : {&batch.energy, &batch.theta, &batch.phi, &batch.impact_x, &batch.impact_y,
                       &batch.escaped}) {
    if (!column->empty()) column->resize(showers);
  }
  batch.cells.resize(showers * static_cast<std::size_t>(batch.grid.cells()));
}

/// The showers of a run, some at a time.
class Run {
 public:
  Run(const Options& options, const Detector& detector, PrimarySource& source, std::uint64_t seed,
      int threads)
      : detector_(detector),
        monte_carlo_(detector, options.settings),
        source_(source),
        seed_(seed),
        records_(static_cast<std::size_t>(threads), monte_carlo_.record()) {}

  /// Those from `first` on that are done when the user wishes to stop: `count` if he does not.
  ShowerBatch simulate(std::int64_t first, std::int64_t count) {
    std::vector<Primary> primaries = source_.read(first, count);
    for (Primary& primary : primaries) {
      primary.spread_x = detector_.cell_x;
      primary.spread_y = detector_.cell_y;
    }
    std::vector<char> done(primaries.size(), false);
    ShowerBatch batch = make_batch(detector_.grid, primaries, source_.has_angles());
    parallel_for(static_cast<int>(records_.size()), count, [&](std::int64_t i, int thread) {
      if (interrupted()) return;
      ShowerRecord& record = records_[static_cast<std::size_t>(thread)];
      const auto shower = static_cast<std::size_t>(i);
      monte_carlo_.simulate(primaries[shower], seed_, static_cast<std::uint64_t>(first + i),
                            record);
      std::ranges::transform(record.image(), batch.shower(i).begin(), to_gev);
      batch.impact_x[shower] = static_cast<float>(record.impact().x);
      batch.impact_y[shower] = static_cast<float>(record.impact().y);
      batch.escaped[shower] = to_gev(record.escaped());
      done[shower] = true;
    });
    shorten(batch, std::ranges::find(done, char{false}) - done.begin());
    for (const float energy : batch.energy) energy_ += static_cast<double>(energy);
    return batch;
  }

  double energy() const { return energy_; }  ///< of the primaries so far, GeV

 private:
  static float to_gev(double mev) { return static_cast<float>(mev * units::MeV); }

  const Detector& detector_;
  MonteCarlo monte_carlo_;
  PrimarySource& source_;
  std::uint64_t seed_;
  std::vector<ShowerRecord> records_;
  double energy_ = 0;
};

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

/// The source in the provenance: what a resumed run must share.
std::string describe(const Options& options) {
  const Settings& settings = options.settings;
  return fmt::format(
      "Monte Carlo (showergan {}): {}, {}, cuts {:g} and {:g} mm, {:g} MeV", SHOWERGAN_VERSION,
      options.particle,
      options.like.empty() ? options.energy + " GeV" : "like " + options.like.filename().string(),
      settings.photon_cut, settings.electron_cut, settings.tracking_cut);
}

WriteOptions writing_of(const Options& options, const Detector& detector, std::uint64_t seed,
                        std::int64_t count, int threads) {
  WriteOptions writing;
  writing.provenance = {detector.name, describe(options), seed};
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
  const auto source = make_source(options, seed);
  const std::int64_t count = number_of_showers(options, *source);
  const Detector detector = find_detector(options.detector);
  const int threads = options.threads > 0 ? options.threads : available_cores();
  ShowerWriter writer(options.output, detector.grid,
                      writing_of(options, detector, seed, count, threads));
  const std::int64_t before = writer.written();
  if (before >= count) {
    if (!options.quiet) fmt::print("{} is complete\n", options.output.string());
    return;
  }
  Run run(options, detector, *source, seed, threads);
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
