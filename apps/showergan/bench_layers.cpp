#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"

#include "bench_model.hpp"
#include "command.hpp"
#include "compile_line.hpp"
#include "generate/generator_engine.hpp"
#include "generate/generator_model.hpp"
#include "machine_rates.hpp"
#include "nn/lowering/cut.hpp"
#include "nn/lowering/pass.hpp"
#include "nn/plan/compile_times.hpp"
#include "nn/plan/plan.hpp"
#include "precision_option.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::string model;
  std::string part = "generator";
  bool train = false;
  std::int64_t batch = 1;  // what a thread of `generate` takes at a time
  Precision precision = Precision::f32;
  int repeat = 7;
  bool json = false;
};

/// One direction of one layer, per shower.
struct Row {
  std::string layer;
  std::string type;
  std::string direction;  ///< "forward", "data" (gradient of the inputs), "weights", "backward"
  double ms = 0;
  std::int64_t multiply_adds = 0;  ///< of the lowered graph
  double megabytes = 0;            ///< of the tensors that it reads and writes, once each
  std::string implementation;

  double gflops() const { return 2e-6 * static_cast<double>(multiply_adds) / ms; }
};

class LayerBench {
 public:
  explicit LayerBench(const Options& options)
      : options_(options), model_(bench_model(options.model, options.part)) {}

  std::vector<Row> measure() {
    if (options_.train) {
      measure_training();
    } else {
      measure_inference();
    }
    return std::move(rows_);
  }

  const std::string& name() const { return model_.card.name; }
  const nn::CompileTimes& compile_times() const { return compile_times_; }

 private:
  void measure_training() {
    nn::Plan plan = compile(model_.graph, options(nn::Mode::train_both));
    const std::vector<nn::Plan::NodeProfile> all = profile(plan);
    // Gradients of the inputs alone; the weights' take the rest.
    nn::Plan inputs = compile(model_.graph, options(nn::Mode::train_inputs));
    const std::vector<nn::Plan::NodeProfile> inputs_only = profile(inputs);
    for (std::size_t i = 0; i < all.size(); ++i) {
      add_forward(plan, all[i]);
      add_backward(plan, all[i], inputs_only[i]);
    }
  }

  /// As the engine runs it: composed layers for a group of showers at once.
  void measure_inference() {
    nn::CompileOptions body = options(nn::Mode::infer);
    body.passes = false;
    nn::Graph graph = nn::lower(model_.graph, nn::Purpose::infer);
    if (const auto head = nn::compose_head(graph, GeneratorEngine::largest_group)) {
      nn::CompileOptions group = body;
      group.batch = GeneratorEngine::largest_group;
      group.final_products_in_f32 = head->is_final_product;
      group.ranges.clear();
      add_all_forward(head->parts.head, group);
      graph = head->parts.body;
      body.ranges = nn::ranges_within(graph, std::move(body.ranges));
    }
    add_all_forward(graph, body);
  }

  void add_all_forward(const nn::Graph& graph, const nn::CompileOptions& options) {
    nn::Plan plan = compile(graph, options);
    for (const nn::Plan::NodeProfile& entry : profile(plan)) add_forward(plan, entry);
  }

  nn::CompileOptions options(nn::Mode mode) const {
    nn::CompileOptions options;
    options.mode = mode;
    options.batch = options_.batch;
    options.precision = options_.precision;
    options.ranges = model_.card.quantization;
    return options;
  }

  nn::Plan compile(const nn::Graph& graph, const nn::CompileOptions& options) {
    nn::Plan plan = nn::compile(graph, options);
    compile_times_.add(plan);
    return plan;
  }

  std::vector<nn::Plan::NodeProfile> profile(nn::Plan& plan) const {
    const auto weights = plan.prepare(model_.parameters);
    const nn::Graph& graph = plan.lowered();
    for (const nn::NodeId id : graph.inputs()) {
      const nn::Node& node = graph.node(id);
      const std::int64_t count = plan.options().batch * nn::element_count(node.shape);
      plan.set_input(node.name, std::vector<float>(static_cast<std::size_t>(count), 0.5f));
    }
    plan.profile(*weights, 1);  // warms up
    return plan.profile(*weights, options_.repeat);
  }

  Row row(const nn::Plan& plan, const nn::Plan::NodeProfile& entry, const char* direction,
          double seconds) const {
    const nn::Graph& graph = plan.lowered();
    const nn::Node& node = graph.node(entry.node);
    Row result;
    result.layer = node.name;
    result.type = type_name(node.operation);
    result.direction = direction;
    result.ms = 1e3 * seconds / static_cast<double>(plan.options().batch);
    result.multiply_adds = graph.multiply_adds(entry.node);
    std::int64_t numbers = nn::element_count(node.shape);
    for (const nn::NodeId id : node.inputs) numbers += nn::element_count(graph.node(id).shape);
    result.megabytes = 4e-6 * static_cast<double>(numbers);
    result.implementation = entry.implementation;
    return result;
  }

  void add_forward(const nn::Plan& plan, const nn::Plan::NodeProfile& entry) {
    if (entry.seconds > 0) rows_.push_back(row(plan, entry, "forward", entry.seconds));
  }

  void add_backward(const nn::Plan& plan, const nn::Plan::NodeProfile& both,
                    const nn::Plan::NodeProfile& inputs) {
    if (both.backward_seconds == 0) return;
    if (plan.lowered().multiply_adds(both.node) == 0) {
      rows_.push_back(row(plan, both, "backward", both.backward_seconds));
      return;
    }
    if (inputs.backward_seconds > 0) {
      rows_.push_back(row(plan, both, "data", inputs.backward_seconds));
    }
    rows_.push_back(row(plan, both, "weights",
                        std::max(1e-9, both.backward_seconds - inputs.backward_seconds)));
  }

  Options options_;
  Model model_;
  nn::CompileTimes compile_times_;
  std::vector<Row> rows_;
};

void print(const std::vector<Row>& rows, const Options& options, const MachineRates& rates) {
  double total = 0;
  for (const Row& row : rows) total += row.ms;
  fmt::print("{:<24} {:<20} {:<9} {:>9} {:>6} {:>14} {:>9} {:>8} {:>7} {:>7}  {}\n", "layer",
             "operator", "direction", "ms", "share", "multiply-adds", "MB", "GFLOP/s", "of peak",
             "GB/s", "runs");
  for (const Row& row : rows) {
    const bool multiplies = row.multiply_adds > 0;
    fmt::print("{:<24} {:<20} {:<9} {:>9.4f} {:>5.1f}% {:>14} {:>9.3f} {:>8} {:>7} {:>7.1f}  {}\n",
               row.layer, row.type, row.direction, row.ms, 100 * row.ms / total, row.multiply_adds,
               row.megabytes, multiplies ? fmt::format("{:.1f}", row.gflops()) : "",
               multiplies ? fmt::format("{:.0f}%", 100 * row.gflops() / rates.convolution) : "",
               row.megabytes / row.ms, row.implementation);
  }
  const std::int64_t slowest = std::ranges::max_element(rows, {}, &Row::ms) - rows.begin();
  const Row& worst = rows[static_cast<std::size_t>(slowest)];
  fmt::print("{:<55} {:>9.4f} ms per shower, batch {}, 1 thread, {}\n", "all", total, options.batch,
             name_of(options.precision));
  fmt::print(
      "This machine, one thread: a large convolution {:.0f} GFLOP/s ({}), a large copy {:.1f} "
      "GB/s.\nMost time: {} ({}), {:.0f} % of all.\n",
      rates.convolution, name_of(options.precision), rates.copy, worst.layer, worst.direction,
      100 * worst.ms / total);
}

nlohmann::ordered_json json_of(const std::vector<Row>& rows, const Options& options,
                               const MachineRates& rates, const LayerBench& bench) {
  nlohmann::ordered_json layers = nlohmann::ordered_json::array();
  double total = 0;
  for (const Row& row : rows) {
    total += row.ms;
    layers.push_back({{"layer", row.layer},
                      {"operator", row.type},
                      {"direction", row.direction},
                      {"ms_per_shower", row.ms},
                      {"multiply_adds", row.multiply_adds},
                      {"megabytes", row.megabytes},
                      {"gflops", row.gflops()},
                      {"peak_fraction", row.gflops() / rates.convolution},
                      {"implementation", row.implementation}});
  }
  return {{"what", "layers"},
          {"model", bench.name()},
          {"mode", options.train ? "train" : "infer"},
          {"precision", name_of(options.precision)},
          {"batch", options.batch},
          {"threads", 1},
          {"plans", bench.compile_times().plans},
          {"compile_s", bench.compile_times().slowest},
          {"compile_all_s", bench.compile_times().seconds},
          {"ms_per_shower", total},
          {"machine_convolution_gflops", rates.convolution},
          {"machine_copy_gb_per_s", rates.copy},
          {"layers", layers}};
}

void bench_layers(const Options& options) {
  if (options.train && options.precision == Precision::int8) {
    throw InputError("int8 is for generation, not for training", {}, "choose f32 or bf16");
  }
  if (!has_instructions(options.precision)) {
    throw InputError(
        fmt::format("this processor has no instructions for {}", name_of(options.precision)), {},
        "leave --precision out");
  }
  if (options.precision == Precision::int8) {  // says what is missing if it has no calibration
    usable_precision(as_generator(bench_model(options.model), options.model), options.precision);
  }
  LayerBench bench(options);
  const std::vector<Row> rows = bench.measure();
  if (rows.empty()) throw Error("the network has no layers that run");
  const MachineRates rates = measure_machine(1, options.precision);
  if (options.json) {
    fmt::print("{}\n", json_of(rows, options, rates, bench).dump());
  } else {
    print(rows, options, rates);
    fmt::print("{}\n", compile_line(bench.compile_times()));
  }
}

}  // namespace

void add_bench_layers(CLI::App& bench) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = bench.add_subcommand(
      "layers",
      "Where the time goes: each layer and direction on one thread, beside the "
      "machine's own rates");
  command
      ->add_option("MODEL,--model", options->model,
                   "ONNX file, definition (.toml), or name of a shipped one [3dgan]")
      ->default_val("3dgan");
  command->add_option("--part", options->part, "Definitions: generator or discriminator")
      ->check(CLI::IsMember({"generator", "discriminator"}));
  command->add_flag("--train", options->train, "A training pass, forward and backward");
  command->add_option("-b,--batch", options->batch, "Showers per pass [1]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{4096}));
  add_precision_option(*command, options->precision);
  command->add_option("-r,--repeat", options->repeat, "Timed passes; their mean counts [7]")
      ->check(CLI::Range(1, 1000));
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([options] { bench_layers(*options); });
}

}  // namespace showergan::app
