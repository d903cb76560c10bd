#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"
#include "showergan/generator.hpp"

#include "base/atomic_file.hpp"
#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "base/threads.hpp"
#include "command.hpp"
#include "condition_source.hpp"
#include "gan/quantization.hpp"
#include "generate/generator_model.hpp"
#include "model/model_file.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::string model;
  std::filesystem::path calibration;
  std::int64_t count = 1000;
  gan::QuantizationLimits limits;
  std::filesystem::path output;
  int threads = 0;
  bool force = false;
  bool quiet = false;
};

/// Conditions of the calibration file, evenly over the whole file.
std::vector<Condition> calibration_conditions(const Options& options) {
  const Generator generator(options.model, {1});
  const auto source = conditions_like(options.calibration, needs_of(generator));
  const std::int64_t size = *source->size();
  const std::vector<Condition> all = source->read(0, size);
  const std::int64_t count = std::min(options.count, size);
  std::vector<Condition> some;
  for (std::int64_t i = 0; i < count; ++i) {
    some.push_back(all[static_cast<std::size_t>(i * size / count)]);
  }
  return some;
}

void print(const Options& options, const gan::Quantization& result, std::size_t showers) {
  fmt::print("{:<24} {:>7} {:>8} {:>9}  {}\n", "layer", "range", "balance", "alone", "runs in");
  for (const gan::QuantizedLayer& layer : result.layers) {
    fmt::print("{:<24} {:>7.2f} {:>8.1f} {:>8.2f}%  {}\n", layer.name, layer.range.part,
               layer.balance, 100 * layer.error,
               name_of(layer.kept ? Precision::int8 : available_precision(Precision::bf16)));
  }
  const auto line = [&](const std::string& what, const gan::QuantizationError& error) {
    fmt::print(
        "{}: against float32, {} showers: sampling fraction {:.3f} %, profiles {:.3f} % (z) and "
        "{:.3f} % (x), a shower {:.2f} %\n",
        what, showers, 100 * error.sampling_fraction_mre, 100 * error.profile_z_mean,
        100 * error.profile_x_mean, 100 * error.shower);
  };
  line(fmt::format("all in {}", name_of(available_precision(Precision::bf16))), result.unquantized);
  line(options.output.string(), result.error);
}

void quantize(const Options& options) {
  // What stands in the way of writing is found before the work, not after it.
  AtomicFile(options.output, options.force);
  GeneratorModel model = load_generator_model(options.model);
  const std::vector<Condition> conditions = calibration_conditions(options);
  std::unique_ptr<Progress> progress;
  const auto watch = [&](std::int64_t done, std::int64_t all) {
    if (interrupted()) throw Error("interrupted", {}, "nothing was written");
    if (!progress) progress = std::make_unique<Progress>("showers", all, options.quiet);
    progress->update(done);
  };
  const int threads = options.threads > 0 ? options.threads : available_cores();
  const gan::Quantization result = gan::quantize(model, conditions, options.limits, threads, watch);
  if (progress) progress->finish();
  save_model(model, options.output, options.force);
  if (!options.quiet) print(options, result, conditions.size());
}

}  // namespace

void add_quantize(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = application.add_subcommand(
      "quantize", "Calibrate a generator for int8: the same model, with ranges for its layers");
  command->add_option("MODEL", options->model, "ONNX file, or name of a shipped model")->required();
  command
      ->add_option("--calibration", options->calibration,
                   "Showers (HDF5) whose energies and angles the model is calibrated at")
      ->required();
  command
      ->add_option("-n,--number", options->count,
                   "Showers to calibrate with, at most, evenly from the file [1000]")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 20));
  command
      ->add_option("--most-sampling-fraction", options->limits.sampling_fraction_mre,
                   "Largest deviation of the sampling fraction from float32 [0.005]")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--most-profile", options->limits.profile_mean,
                   "Largest mean deviation of the profiles from float32 [0.01]")
      ->check(CLI::PositiveNumber);
  command->add_option("-t,--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_option("-o,--output", options->output, "Model to write (.onnx)")->required();
  command->add_flag("-f,--force", options->force, "Overwrite the output");
  command->add_flag("-q,--quiet", options->quiet, "No progress, no table");
  command->callback([options] { quantize(*options); });
}

}  // namespace showergan::app
