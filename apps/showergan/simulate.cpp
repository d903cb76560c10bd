#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
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

/// Room for showers of these primaries.
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
  return batch;
}

/// Simulates one shower into its place in the batch.
class Simulation {
 public:
  Simulation(const MonteCarlo& monte_carlo, std::uint64_t seed, int threads)
      : monte_carlo_(monte_carlo), seed_(seed) {
    for (int t = 0; t < threads; ++t) records_.push_back(monte_carlo.record());
  }

  int threads() const { return static_cast<int>(records_.size()); }

  void run(const std::vector<Primary>& primaries, std::int64_t first, ShowerBatch& batch) {
    parallel_for(threads(), batch.size(), [&](std::int64_t i, int thread) {
      ShowerRecord& record = records_[static_cast<std::size_t>(thread)];
      monte_carlo_.simulate(primaries[static_cast<std::size_t>(i)], seed_,
                            static_cast<std::uint64_t>(first + i), record);
      std::ranges::transform(record.image(), batch.shower(i).begin(),
                             [](double mev) { return static_cast<float>(mev * units::MeV); });
    });
  }

 private:
  const MonteCarlo& monte_carlo_;
  std::uint64_t seed_;
  std::vector<ShowerRecord> records_;
};

void simulate(const Options& options) {
  const std::uint64_t seed = parse_seed(options.seed);
  const auto source = make_source(options, seed);
  const std::int64_t count = number_of_showers(options, *source);
  const Detector detector = find_detector(options.detector);
  const int threads = options.threads > 0 ? options.threads : available_cores();
  WriteOptions writing;
  writing.provenance = {
      detector.name,
      fmt::format("Monte Carlo {} (showergan {})", options.particle, SHOWERGAN_VERSION), seed};
  writing.force = options.force;
  writing.threads = threads;
  writing.expected = count;
  ShowerWriter writer(options.output, detector.grid, writing);
  const MonteCarlo monte_carlo(detector, options.settings);
  Simulation simulation(monte_carlo, seed, threads);
  Progress progress("showers", count, options.quiet);
  const auto start = std::chrono::steady_clock::now();
  double energy = 0;
  std::int64_t first = 0;
  while (first < count && !interrupted()) {
    const std::int64_t here = std::min<std::int64_t>(count - first, 16 * threads);
    std::vector<Primary> primaries = source->read(first, here);
    for (Primary& primary : primaries) {
      primary.spread_x = detector.cell_x;
      primary.spread_y = detector.cell_y;
      energy += primary.energy * units::MeV;
    }
    ShowerBatch batch = make_batch(detector.grid, primaries, source->has_angles());
    simulation.run(primaries, first, batch);
    writer.write(batch);
    first += here;
    progress.update(first);
  }
  writer.finish();
  progress.finish();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (options.quiet) return;
  fmt::print("{}: {} showers, {:.3g} ms per GeV and thread on {} threads\n",
             options.output.string(), first, 1e3 * seconds.count() * threads / energy, threads);
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
  command->add_option("--range-rejection", options->settings.range_rejection,
                      "MeV below which electrons that can't leave their plate stop at once [0]");
  command->add_option("-o,--output", options->output, "Shower file to write (HDF5)")->required();
  command->add_flag("-f,--force", options->force, "Overwrite the output");
  command->add_flag("-q,--quiet", options->quiet, "No progress, no summary");
  command->callback([options] { simulate(*options); });
}

}  // namespace showergan::app
