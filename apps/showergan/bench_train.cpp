#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <numeric>
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
#include "gan/adversarial_step.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::string recipe;
  std::vector<std::string> settings;
  std::int64_t batch = 0;  ///< 0: the recipe's
  int threads = 0;         ///< the same
  int repeat = 5;
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

void bench_train(const Options& options) {
  const gan::Recipe recipe = gan::load_recipe(options.recipe, options.settings);
  const ModelDefinition definition = find_definition(recipe.model);
  const std::int64_t batch = options.batch > 0 ? options.batch : recipe.batch;
  const int wanted = options.threads > 0 ? options.threads : recipe.threads;
  const int threads = wanted > 0 ? wanted : available_cores();
  gan::AdversarialStep step(recipe, definition, threads);
  const std::vector<double> seconds =
      measure(step, made_up_batch(definition, batch), options.repeat);
  const double to_ms_per_shower = 1e3 / static_cast<double>(batch);
  const double median = seconds[seconds.size() / 2] * to_ms_per_shower;
  if (options.json) {
    const nlohmann::ordered_json result{{"what", "train"},
                                        {"runtime", "showergan"},
                                        {"version", SHOWERGAN_VERSION},
                                        {"model", definition.name},
                                        {"precision", name_of(step.precision())},
                                        {"batch", batch},
                                        {"threads", threads},
                                        {"repeat", options.repeat},
                                        {"ms_per_shower_median", median},
                                        {"ms_per_shower_best", seconds.front() * to_ms_per_shower},
                                        {"ms_per_shower_worst", seconds.back() * to_ms_per_shower},
                                        {"showers_per_s", 1e3 / median}};
    fmt::print("{}\n", result.dump());
    return;
  }
  fmt::print(
      "{}: {:.1f} ms per shower and step (best {:.1f}, worst {:.1f}; batch {}, {} thread{}, {})\n"
      "{:.2f} showers per second\n",
      definition.name, median, seconds.front() * to_ms_per_shower,
      seconds.back() * to_ms_per_shower, batch, threads, threads == 1 ? "" : "s",
      name_of(step.precision()), 1e3 / median);
}

}  // namespace

void add_bench_train(CLI::App& bench) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = bench.add_subcommand(
      "train", "Milliseconds per shower of a training step, in memory, without reading");
  command->add_option("RECIPE", options->recipe, "Recipe (.toml), or name of a shipped one")
      ->required();
  command
      ->add_option("--set", options->settings, "KEY=VALUE: change a key of the recipe; repeatable")
      ->allow_extra_args(false);
  command->add_option("-b,--batch", options->batch, "Showers per step [train.batch of the recipe]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 20));
  command
      ->add_option("-t,--threads", options->threads,
                   "Threads [train.threads of the recipe; 0: all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_option("-r,--repeat", options->repeat, "Timed steps; the median counts [5]")
      ->check(CLI::Range(1, 1000));
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options] { bench_train(*options); });
}

}  // namespace showergan::app
