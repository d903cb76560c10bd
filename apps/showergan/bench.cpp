#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/interrupt.hpp"
#include "base/threads.hpp"
#include "bench_model.hpp"
#include "command.hpp"
#include "compile_line.hpp"
#include "generate/generator_engine.hpp"
#include "generate/generator_model.hpp"
#include "machine_rates.hpp"
#include "precision_option.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::string model;
  std::int64_t batch = 128;
  int threads = 0;
  Precision precision = Precision::f32;
  int repeat = 7;
  bool pin = false;
  bool json = false;
};

/// Seconds of `repeat` calls after one that warms up, sorted. Random numbers are drawn within them.
std::vector<double> measure(GeneratorEngine& engine, const GeneratorModel& model,
                            const Options& options) {
  const std::vector<Condition> conditions(static_cast<std::size_t>(options.batch),
                                          middle_of(model.card.conditions));
  std::vector<float> showers(static_cast<std::size_t>(options.batch * model.cells()));
  std::vector<double> seconds;
  for (int i = 0; i <= options.repeat; ++i) {
    if (interrupted()) throw Error("interrupted");
    const auto start = std::chrono::steady_clock::now();
    engine.run(conditions, engine.drawn_noise(1, 0), showers);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (i > 0) seconds.push_back(took.count());
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

void bench_generate(const Options& options) {
  const GeneratorModel model = as_generator(bench_model(options.model), options.model);
  const Precision precision = usable_precision(model, options.precision);
  warn_of_precision(options.precision, precision);
  const int threads = options.threads > 0 ? options.threads : available_cores();
  GeneratorEngine engine(model, generation_options(model, precision), threads,
                         FirstLayers::composed, options.pin ? Pinning(threads) : Pinning());
  const nn::CompileTimes compiled = engine.compile_times();
  const std::vector<double> seconds = measure(engine, model, options);
  const double to_ms_per_shower = 1e3 / static_cast<double>(options.batch);
  const double median = seconds[seconds.size() / 2] * to_ms_per_shower;
  // Operations are those of the network as it is defined, whatever the engine makes of it.
  const double gflop = 2e-9 * static_cast<double>(model.graph.multiply_adds());
  const double peak = convolution_rate(threads, precision);
  const nlohmann::ordered_json result{{"what", "generate"},
                                      {"runtime", "showergan"},
                                      {"version", SHOWERGAN_VERSION},
                                      {"model", model.card.name},
                                      {"precision", name_of(precision)},
                                      {"batch", options.batch},
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
  if (options.json) {
    fmt::print("{}\n", result.dump());
    return;
  }
  fmt::print(
      "{}: {:.3f} ms per shower (best {:.3f}, worst {:.3f}; batch {}, {} thread{}, {})\n"
      "{:.0f} showers per second, {:.3f} GFLOP per shower, {:.0f} GFLOP/s ({:.0f} % of a large "
      "convolution here)\n{}\n",
      model.card.name, median, seconds.front() * to_ms_per_shower,
      seconds.back() * to_ms_per_shower, options.batch, threads, threads == 1 ? "" : "s",
      name_of(precision), 1e3 / median, gflop, gflop * 1e3 / median,
      100 * gflop * 1e3 / median / peak, compile_line(compiled));
}

}  // namespace

void add_bench(CLI::App& application) {
  CLI::App* command = application.add_subcommand("bench", "Time this machine");
  command->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  CLI::App* generate =
      command->add_subcommand("generate", "Milliseconds per shower, in memory, without writing");
  generate
      ->add_option(
          "MODEL,--model", options->model,
          "ONNX file, definition (.toml: initial weights), or name of a shipped one [3dgan]")
      ->default_val("3dgan");
  generate->add_option("-b,--batch", options->batch, "Showers per call [128]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 20));
  generate->add_option("-t,--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  generate->add_flag("--pin", options->pin, "Keep each thread on a CPU of its own");
  add_precision_option(*generate, options->precision);
  generate->add_option("-r,--repeat", options->repeat, "Timed calls; the median counts [7]")
      ->check(CLI::Range(1, 1000));
  generate->add_flag("--json", options->json, "One JSON object instead of text");
  generate->callback([options] { bench_generate(*options); });

  add_bench_layers(*command);
  add_bench_train(*command);
}

}  // namespace showergan::app
