#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"
#include "showergan/generator.hpp"
#include "showergan/version.hpp"

#include "base/interrupt.hpp"
#include "command.hpp"
#include "model/model_file.hpp"
#include "nn/plan/plan.hpp"
#include "precision_option.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::string model;
  std::int64_t batch = 128;
  int threads = 0;
  Precision precision = Precision::f32;
  int repeat = 7;
  bool json = false;
};

double seconds_of(Generator& generator, const std::vector<Condition>& conditions,
                  std::vector<float>& showers) {
  const auto start = std::chrono::steady_clock::now();
  generator.generate(conditions, 1, 0, showers);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Times of `repeat` calls after one that warms up, sorted.
std::vector<double> measure(Generator& generator, const Options& options) {
  Condition middle;
  for (const ConditionRange& range : generator.conditions()) {
    const auto value = static_cast<float>((range.low + range.high) / 2);
    if (range.name == "energy") middle.energy = value;
    if (range.name == "theta") middle.theta = value;
    if (range.name == "phi") middle.phi = value;
  }
  const std::vector<Condition> conditions(static_cast<std::size_t>(options.batch), middle);
  std::vector<float> showers(static_cast<std::size_t>(options.batch * generator.cells()));
  seconds_of(generator, conditions, showers);
  std::vector<double> seconds;
  for (int i = 0; i < options.repeat; ++i) {
    if (interrupted()) throw Error("interrupted");
    seconds.push_back(seconds_of(generator, conditions, showers));
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

void bench_generate(const Options& options) {
  Generator generator(options.model, {options.threads, options.precision});
  warn_of_precision(options.precision, generator);
  const std::vector<double> seconds = measure(generator, options);
  const double to_ms_per_shower = 1e3 / static_cast<double>(options.batch);
  const double median = seconds[seconds.size() / 2] * to_ms_per_shower;
  // Operations are those of the network as it is defined, whatever the engine makes of it.
  const double gflop = 2e-9 * static_cast<double>(find_model(options.model).graph.multiply_adds());
  const nlohmann::ordered_json result{{"what", "generate"},
                                      {"runtime", "showergan"},
                                      {"version", SHOWERGAN_VERSION},
                                      {"model", generator.name()},
                                      {"precision", name_of(generator.precision())},
                                      {"batch", options.batch},
                                      {"threads", generator.threads()},
                                      {"repeat", options.repeat},
                                      {"ms_per_shower_median", median},
                                      {"ms_per_shower_best", seconds.front() * to_ms_per_shower},
                                      {"ms_per_shower_worst", seconds.back() * to_ms_per_shower},
                                      {"showers_per_s", 1e3 / median},
                                      {"gflop_per_shower", gflop},
                                      {"gflops", gflop * 1e3 / median}};
  if (options.json) {
    fmt::print("{}\n", result.dump());
    return;
  }
  fmt::print(
      "{}: {:.3f} ms per shower (best {:.3f}, worst {:.3f}; batch {}, {} thread{}, {})\n"
      "{:.0f} showers per second, {:.3f} GFLOP per shower, {:.0f} GFLOP/s\n",
      generator.name(), median, seconds.front() * to_ms_per_shower,
      seconds.back() * to_ms_per_shower, options.batch, generator.threads(),
      generator.threads() == 1 ? "" : "s", name_of(generator.precision()), 1e3 / median, gflop,
      gflop * 1e3 / median);
}

/// One thread, the network as a thread of `generate` runs it, node by node.
void bench_layers(const Options& options) {
  const Model model = find_model(options.model);
  nn::CompileOptions compile_options;
  compile_options.batch = options.batch;
  compile_options.precision = options.precision;
  compile_options.ranges = model.card.quantization;
  nn::Plan plan = nn::compile(model.graph, compile_options);
  const auto weights = plan.prepare(model.parameters);
  for (const nn::NodeId id : model.graph.inputs()) {
    const nn::Node& node = model.graph.node(id);
    const auto count = static_cast<std::size_t>(options.batch * nn::element_count(node.shape));
    plan.set_input(node.name, std::vector<float>(count, 0.5f));
  }
  plan.profile(*weights, 1);
  const auto nodes = plan.profile(*weights, options.repeat);
  const double to_ms_per_shower = 1e3 / static_cast<double>(options.batch);
  double total = 0;
  for (const auto& entry : nodes) total += entry.seconds * to_ms_per_shower;
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  if (!options.json) {
    fmt::print("{:<24} {:<20} {:>9} {:>6} {:>14} {:>8}  {}\n", "layer", "operator", "ms", "share",
               "multiply-adds", "GFLOP/s", "runs");
  }
  for (const auto& entry : nodes) {
    if (entry.seconds == 0) continue;
    const nn::Node& node = plan.lowered().node(entry.node);
    const std::int64_t multiply_adds = plan.lowered().multiply_adds(entry.node);
    const double ms = entry.seconds * to_ms_per_shower;
    const double gflops = 2e-6 * static_cast<double>(multiply_adds) / ms;
    rows.push_back({{"layer", node.name},
                    {"operator", type_name(node.operation)},
                    {"ms_per_shower", ms},
                    {"multiply_adds", multiply_adds},
                    {"gflops", gflops},
                    {"implementation", entry.implementation}});
    if (options.json) continue;
    fmt::print("{:<24} {:<20} {:>9.4f} {:>5.1f}% {:>14} {:>8.1f}  {}\n", node.name,
               type_name(node.operation), ms, 100 * ms / total, multiply_adds, gflops,
               entry.implementation);
  }
  if (options.json) {
    const nlohmann::ordered_json result{{"what", "layers"},       {"model", model.card.name},
                                        {"batch", options.batch}, {"threads", 1},
                                        {"ms_per_shower", total}, {"layers", rows}};
    fmt::print("{}\n", result.dump());
    return;
  }
  fmt::print("{:<45} {:>9.4f} ms per shower, batch {}, 1 thread\n", "all", total, options.batch);
}

}  // namespace

void add_bench(CLI::App& application) {
  CLI::App* command = application.add_subcommand("bench", "Time this machine");
  command->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  CLI::App* generate =
      command->add_subcommand("generate", "Milliseconds per shower, in memory, without writing");
  generate->add_option("MODEL", options->model, "ONNX file, or name of a shipped model")
      ->required();
  generate->add_option("-b,--batch", options->batch, "Showers per call [128]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 20));
  generate->add_option("-t,--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  add_precision_option(*generate, options->precision);
  generate->add_option("-r,--repeat", options->repeat, "Timed calls; the median counts [7]")
      ->check(CLI::Range(1, 1000));
  generate->add_flag("--json", options->json, "One JSON object instead of text");
  generate->callback([options] { bench_generate(*options); });

  const auto layer_options = std::make_shared<Options>();
  layer_options->batch = 1;  // what a thread of `generate` takes at a time
  CLI::App* layers =
      command->add_subcommand("layers", "Where the time goes: each layer on one thread");
  layers->add_option("MODEL", layer_options->model, "ONNX file, or name of a shipped model")
      ->required();
  layers->add_option("-b,--batch", layer_options->batch, "Showers per pass [1]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{4096}));
  add_precision_option(*layers, layer_options->precision);
  layers->add_option("-r,--repeat", layer_options->repeat, "Timed passes; their mean counts [7]")
      ->check(CLI::Range(1, 1000));
  layers->add_flag("--json", layer_options->json, "One JSON object instead of text");
  layers->callback([layer_options] { bench_layers(*layer_options); });
  add_bench_train(*command);
}

}  // namespace showergan::app
