#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/interrupt.hpp"
#include "base/random.hpp"
#include "base/threads.hpp"
#include "command.hpp"
#include "compile_line.hpp"
#include "gan/adversarial_step.hpp"
#include "machine_rates.hpp"
#include "precision_option.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::string recipe;
  std::vector<std::string> settings;
  std::int64_t batch = 0;              ///< 0: the recipe's
  int threads = 0;                     ///< the same
  std::optional<Precision> precision;  ///< none: the recipe's
  int repeat = 5;
  bool pin = false;
  bool json = false;
};

/// Showers of no physics, half of whose cells are empty: speed does not depend on their content.
TrainingBatch made_up_batch(const ModelDefinition& definition, std::int64_t size) {
  TrainingBatch batch;
  batch.global_size = size;
  batch.index.resize(static_cast<std::size_t>(size));
  std::iota(batch.index.begin(), batch.index.end(), std::uint64_t{0});
  ShowerBatch& showers = batch.showers;
  showers.grid = definition.grid();
  showers.cells.resize(static_cast<std::size_t>(size * showers.grid.cells()));
  CounterRandom(1, RandomPurpose::noise).fill_normal(0, showers.cells);
  for (float& cell : showers.cells) cell = 1e-3f * std::max(0.0f, cell);
  for (const ConditionRange& range : definition.conditions) {
    auto& values = range.name == "theta" ? showers.theta
                   : range.name == "phi" ? showers.phi
                                         : showers.energy;
    values = uniform_condition(range.name, 1, 0, size, static_cast<float>(range.low),
                               static_cast<float>(range.high));
  }
  return batch;
}

/// Seconds of `repeat` steps after one that warms up, sorted.
std::vector<double> measure(gan::AdversarialStep& step, const TrainingBatch& batch, int repeat) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> seconds;
  for (int i = 0; i <= repeat; ++i) {
    if (interrupted()) throw Error("interrupted");
    const Clock::time_point start = Clock::now();
    step.run(batch, {i, 1, repeat + 1});
    if (i > 0) seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

/// Multiply-adds of the layers behind which nothing learns: they pass no gradient on to their
/// inputs.
std::int64_t first_layers(const nn::Graph& graph) {
  std::vector<bool> learns;  // the node, or one that it reads from
  std::int64_t count = 0;
  for (nn::NodeId id = 0; id < static_cast<nn::NodeId>(graph.nodes().size()); ++id) {
    bool before = false;
    for (const nn::NodeId input : graph.node(id).inputs) {
      before = before || learns[static_cast<std::size_t>(input)];
    }
    if (!before) count += graph.multiply_adds(id);
    learns.push_back(before || !graph.node(id).parameters.empty());
  }
  return count;
}

/// Multiply-adds of a step per shower, counted on the networks as they are defined: a pass forward
/// is one count, gradients of the weights and of the inputs are one each, where they are needed.
std::int64_t step_multiply_adds(const ModelDefinition& definition, const gan::Recipe& recipe) {
  const std::int64_t d = definition.discriminator->multiply_adds();
  const std::int64_t g = definition.adversary().multiply_adds();
  const std::int64_t discriminator_update = 3 * d - first_layers(*definition.discriminator);
  const std::int64_t generator_update = 3 * g - first_layers(definition.adversary()) + 2 * d;
  return 2 * discriminator_update + g + recipe.generator_updates * generator_update;
}

void bench_train(const Options& options) {
  std::vector<std::string> settings = options.settings;
  if (options.precision) {
    settings.push_back(fmt::format("train.precision={}", name_of(*options.precision)));
  }
  gan::Recipe recipe = gan::load_recipe(options.recipe, settings);
  recipe.start.reset();  // what is timed is the adversarial step
  const ModelDefinition definition = find_definition(recipe.model);
  const std::int64_t batch = options.batch > 0 ? options.batch : recipe.batch;
  const int wanted = options.threads > 0 ? options.threads : recipe.threads;
  const int threads = wanted > 0 ? wanted : available_cores();
  gan::AdversarialStep step(recipe, definition, threads,
                            options.pin ? Pinning(threads) : Pinning());
  warn_of_precision(recipe.precision, step.precision());
  const std::vector<double> seconds =
      measure(step, made_up_batch(definition, batch), options.repeat);
  nn::CompileTimes compiled = step.generator().compile_times();
  compiled.add(step.discriminator().compile_times());
  const double to_ms_per_shower = 1e3 / static_cast<double>(batch);
  const double median = seconds[seconds.size() / 2] * to_ms_per_shower;
  const double gflop = 2e-9 * static_cast<double>(step_multiply_adds(definition, recipe));
  const double peak = convolution_rate(threads, step.precision());
  if (options.json) {
    const nlohmann::ordered_json result{{"what", "train"},
                                        {"runtime", "showergan"},
                                        {"version", SHOWERGAN_VERSION},
                                        {"model", definition.name},
                                        {"precision", name_of(step.precision())},
                                        {"batch", batch},
                                        {"threads", threads},
                                        {"pinned", options.pin},
                                        {"repeat", options.repeat},
                                        {"plans", compiled.plans},
                                        {"compile_s", compiled.slowest},
                                        {"compile_all_s", compiled.seconds},
                                        {"ms_per_shower_median", median},
                                        {"ms_per_shower_best", seconds.front() * to_ms_per_shower},
                                        {"ms_per_shower_worst", seconds.back() * to_ms_per_shower},
                                        {"showers_per_s", 1e3 / median},
                                        {"gflop_per_shower", gflop},
                                        {"gflops", gflop * 1e3 / median},
                                        {"machine_convolution_gflops", peak},
                                        {"peak_fraction", gflop * 1e3 / median / peak}};
    fmt::print("{}\n", result.dump());
    return;
  }
  fmt::print(
      "{}: {:.1f} ms per shower and step (best {:.1f}, worst {:.1f}; batch {}, {} thread{}, {})\n"
      "{:.2f} showers per second, {:.1f} GFLOP per shower, {:.0f} GFLOP/s ({:.0f} % of a large "
      "convolution here)\n{}\n",
      definition.name, median, seconds.front() * to_ms_per_shower,
      seconds.back() * to_ms_per_shower, batch, threads, threads == 1 ? "" : "s",
      name_of(step.precision()), 1e3 / median, gflop, gflop * 1e3 / median,
      100 * gflop * 1e3 / median / peak, compile_line(compiled));
}

}  // namespace

void add_bench_train(CLI::App& bench) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = bench.add_subcommand(
      "train", "Milliseconds per shower of a training step, in memory, without reading");
  command
      ->add_option("RECIPE,--model", options->recipe,
                   "Recipe (.toml), or name of a shipped one [3dgan]")
      ->default_val("3dgan");
  command
      ->add_option("--set", options->settings, "KEY=VALUE: change a key of the recipe; repeatable")
      ->allow_extra_args(false);
  command->add_option("-b,--batch", options->batch, "Showers per step [train.batch of the recipe]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 20));
  command
      ->add_option("-t,--threads", options->threads,
                   "Threads [train.threads of the recipe; 0: all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_flag("--pin", options->pin, "Keep each thread on a CPU of its own");
  command
      ->add_option_function<std::string>(
          "-p,--precision",
          [options](const std::string& name) { options->precision = precision_named(name); },
          "f32 or bf16 [train.precision of the recipe]")
      ->check(CLI::IsMember({"f32", "bf16"}));
  command->add_option("-r,--repeat", options->repeat, "Timed steps; the median counts [5]")
      ->check(CLI::Range(1, 1000));
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options] { bench_train(*options); });
}

}  // namespace showergan::app
