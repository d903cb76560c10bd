#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/atomic_file.hpp"
#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "base/threads.hpp"
#include "command.hpp"
#include "gan/shower_targets.hpp"
#include "generate/discriminator.hpp"
#include "store/named_arrays.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {
namespace {

constexpr std::int64_t showers_at_once = 256;

struct Options {
  std::string model;
  std::filesystem::path showers;
  int threads = 0;
  std::filesystem::path output;
  bool force = false;
  bool quiet = false;
};

/// Appends a block's results to the arrays to be written.
void append(NamedArrays& arrays, const std::vector<Discriminator::Result>& results,
            std::int64_t count) {
  for (const Discriminator::Result& result : results) {
    NamedArray& array = arrays[result.name];
    if (array.shape.empty()) {
      array.shape = {0};
      // One number per shower is a column (N), as in the files of others.
      array.shape.insert(array.shape.end(), result.shape.begin(), result.shape.end());
    }
    array.shape[0] += count;
    array.values.insert(array.values.end(), result.values.begin(), result.values.end());
  }
}

void print_means(const NamedArrays& arrays) {
  fmt::print("{:<16} {:>12} {:>12} {:>12}\n", "output", "mean", "smallest", "largest");
  for (const auto& [name, array] : arrays) {
    double sum = 0;
    for (const float value : array.values) sum += static_cast<double>(value);
    const auto [low, high] = std::minmax_element(array.values.begin(), array.values.end());
    fmt::print("{:<16} {:>12.6g} {:>12.6g} {:>12.6g}\n", name,
               sum / static_cast<double>(array.values.size()), *low, *high);
  }
}

void score(const Options& options) {
  Discriminator discriminator(options.model, options.threads);
  ShowerReader reader(options.showers,
                      {.threads = options.threads > 0 ? options.threads : available_cores()});
  const auto grid = discriminator.grid();
  if (reader.grid() != Grid{grid[0], grid[1], grid[2]}) {
    throw InputError(fmt::format("'{}' has {}×{}×{} cells, the model '{}' takes {}×{}×{}",
                                 options.showers.string(), reader.grid().nx, reader.grid().ny,
                                 reader.grid().nz, options.model, grid[0], grid[1], grid[2]));
  }
  // Found out now rather than when all the work is done: whether the file may be written.
  { const AtomicFile target(options.output, options.force); }
  NamedArrays arrays;
  Progress progress("showers", reader.size(), options.quiet);
  for (std::int64_t first = 0; first < reader.size(); first += showers_at_once) {
    if (interrupted()) throw Error("interrupted", {}, "nothing was written");
    const std::int64_t count = std::min(showers_at_once, reader.size() - first);
    const ShowerBatch batch = reader.read(first, count);
    append(arrays,
           discriminator.score(batch.cells, gan::conditions_of(batch, discriminator.conditions())),
           count);
    progress.update(first + count);
  }
  progress.finish();
  write_named_arrays(
      options.output, arrays,
      {{"source", fmt::format("model {} (showergan {})", options.model, SHOWERGAN_VERSION)},
       {"showers", options.showers.filename().string()}},
      options.force);
  if (!options.quiet) print_means(arrays);
}

}  // namespace

void add_score(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      application.add_subcommand("score", "Ask a trained discriminator about showers");
  command->add_option("MODEL", options->model, "ONNX file, or name of a shipped model")->required();
  command->add_option("SHOWERS", options->showers, "Shower file (HDF5)")->required();
  command->add_option("-t,--threads", options->threads, "Threads [all cores]")
      ->check(CLI::Range(1, 4096));
  command->add_option("-o,--output", options->output, "File to write (HDF5): a data set per output")
      ->required();
  command->add_flag("-f,--force", options->force, "Overwrite the output");
  command->add_flag("-q,--quiet", options->quiet, "No progress, no summary");
  command->callback([options] { score(*options); });
}

}  // namespace showergan::app
