#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "showergan/error.hpp"
#include "showergan/generator.hpp"
#include "showergan/version.hpp"

#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "command.hpp"
#include "condition_source.hpp"
#include "precision_option.hpp"
#include "seed_option.hpp"
#include "store/shower_writer.hpp"

namespace showergan::app {
namespace {

/// Cells in memory at a time: 64 MB, 1,024 showers of 25³ cells.
constexpr std::int64_t cells_at_once = 1 << 24;

struct Options {
  std::string model;
  std::optional<std::int64_t> count;
  std::string energy;
  std::string theta;
  std::string phi;
  std::filesystem::path like;
  std::filesystem::path inputs;
  std::string seed = "1";
  int threads = 0;
  bool pin = false;
  Precision precision = Precision::f32;
  std::filesystem::path output;
  bool force = false;
  bool quiet = false;
};

std::unique_ptr<ConditionSource> make_source(const Options& options, const Generator& generator) {
  if (!options.like.empty()) return conditions_like(options.like, needs_of(generator));
  if (!options.inputs.empty()) return conditions_from_inputs(options.inputs, generator);
  return drawn_conditions(parse_requested(options.energy, options.theta, options.phi),
                          needs_of(generator), parse_seed(options.seed));
}

/// Seconds spent in the two halves of the work.
struct Times {
  double generating = 0;
  double writing = 0;
};

class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// The conditions, as the writer wants them.
ShowerBatch make_batch(const Generator& generator, const std::vector<Condition>& conditions) {
  const auto grid = generator.grid();
  ShowerBatch batch;
  batch.grid = {grid[0], grid[1], grid[2]};
  for (const Condition& condition : conditions) batch.energy.push_back(condition.energy);
  for (const ConditionRange& range : generator.conditions()) {
    for (const Condition& condition : conditions) {
      if (range.name == "theta") batch.theta.push_back(condition.theta);
      if (range.name == "phi") batch.phi.push_back(condition.phi);
    }
  }
  batch.cells.resize(conditions.size() * static_cast<std::size_t>(generator.cells()));
  return batch;
}

/// How many showers to make between two looks at the clock and at the user's wish to stop: four for
/// each thread to begin with, then as many as take about half a second and fit into
/// memory.
class BlockSize {
 public:
  explicit BlockSize(const Generator& generator)
      : size_(4 * generator.threads()),
        largest_(std::max<std::int64_t>(size_, cells_at_once / generator.cells())) {}

  std::int64_t next() const { return size_; }
  void took(double seconds) {
    if (seconds < 0.25) size_ = std::min(2 * size_, largest_);
  }

 private:
  std::int64_t size_;
  std::int64_t largest_;
};

Times write_showers(const Options& options, Generator& generator, ConditionSource& source,
                    std::int64_t count) {
  const auto grid = generator.grid();
  const std::uint64_t seed = parse_seed(options.seed);
  WriteOptions writing;
  writing.provenance = {generator.detector(),
                        fmt::format("model {} (showergan {})", generator.name(), SHOWERGAN_VERSION),
                        seed};
  if (source.has_noise()) writing.provenance.seed.reset();  // the noise is not ours
  writing.force = options.force;
  writing.threads = generator.threads();
  writing.expected = count;
  ShowerWriter writer(options.output, {grid[0], grid[1], grid[2]}, writing);
  RangeWatch watch(generator);
  Progress progress("showers", count, options.quiet);
  Times times;
  Stopwatch stopwatch;
  BlockSize block(generator);
  std::int64_t first = 0;
  while (first < count && !interrupted()) {
    const std::int64_t here = std::min(block.next(), count - first);
    const std::vector<Condition> conditions = source.read(first, here);
    watch.check(conditions);
    ShowerBatch batch = make_batch(generator, conditions);
    stopwatch.lap();
    if (source.has_noise()) {
      generator.generate_from_noise(conditions, source.read_noise(first, here), batch.cells);
    } else {
      generator.generate(conditions, seed, static_cast<std::uint64_t>(first), batch.cells);
    }
    const double generating = stopwatch.lap();
    writer.write(batch);
    const double writing_it = stopwatch.lap();
    times.generating += generating;
    times.writing += writing_it;
    block.took(generating + writing_it);
    first += here;
    progress.update(first);
  }
  if (writer.written() == 0) throw Error("interrupted", {}, "nothing was written");
  writer.state_time(1e3 * times.generating / static_cast<double>(first), generator.threads());
  writer.finish();
  times.writing += stopwatch.lap();
  progress.finish();
  if (writer.written() < count) {
    throw Error(fmt::format("interrupted after {} of {} showers", writer.written(), count),
                fmt::format("'{}' holds those", options.output.string()));
  }
  return times;
}

void generate(const Options& options) {
  Generator generator(options.model, {options.threads, options.precision, options.pin});
  warn_of_precision(options.precision, generator.precision());
  const auto source = make_source(options, generator);
  const std::int64_t count = number_of_showers(
      options.count, *source, options.like.empty() ? options.inputs : options.like);
  const Times times = write_showers(options, generator, *source, count);
  if (options.quiet) return;
  const auto grid = generator.grid();
  const double per_shower = 1e3 / static_cast<double>(count);
  fmt::print("{}: {} shower{} of {}×{}×{} cells by the model {}\n", options.output.string(), count,
             count == 1 ? "" : "s", grid[0], grid[1], grid[2], generator.name());
  fmt::print("{:.2f} ms per shower on {} thread{}{}, and {:.2f} ms to write it\n",
             times.generating * per_shower, generator.threads(),
             generator.threads() == 1 ? "" : "s",
             generator.precision() == Precision::f32
                 ? ""
                 : fmt::format(" in {}", name_of(generator.precision())),
             times.writing * per_shower);
}

}  // namespace

void add_generate(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = application.add_subcommand("generate", "Make showers with a trained model");
  command->add_option("MODEL", options->model, "ONNX file, or name of a shipped model")->required();
  command->add_option("-n,--number", options->count, "Showers to make [all of --like, --inputs]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 48));
  CLI::Option* energy = command->add_option("-e,--energy", options->energy,
                                            "Energy of the primary in GeV: VALUE or LOW:HIGH");
  CLI::Option* theta =
      command->add_option("--theta", options->theta, "Polar angle in rad: VALUE or LOW:HIGH");
  CLI::Option* phi =
      command->add_option("--phi", options->phi, "Azimuth in rad: VALUE or LOW:HIGH");
  CLI::Option* like = command->add_option("--like", options->like,
                                          "Take energies (and angles) from this shower file");
  CLI::Option* inputs = command->add_option("--inputs", options->inputs,
                                            "Take noise and conditions from this HDF5 file");
  for (CLI::Option* file : {like, inputs}) file->excludes(energy)->excludes(theta)->excludes(phi);
  like->excludes(inputs);
  command->add_option("-s,--seed", options->seed,
                      "Seed of the random numbers [1]; --inputs has its own");
  command->add_option("-t,--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_flag("--pin", options->pin, "Keep each thread on a CPU of its own");
  add_precision_option(*command, options->precision);
  command->add_option("-o,--output", options->output, "Shower file to write (HDF5)")->required();
  command->add_flag("-f,--force", options->force, "Overwrite the output");
  command->add_flag("-q,--quiet", options->quiet, "No progress, no summary");
  command->callback([options] { generate(*options); });
}

}  // namespace showergan::app
