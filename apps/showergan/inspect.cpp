#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/resources.hpp"
#include "command.hpp"
#include "gan/checkpoint_summary.hpp"
#include "model_commands.hpp"
#include "shower_summary.hpp"
#include "store/checkpoint.hpp"
#include "store/file_kind.hpp"
#include "store/named_arrays.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::vector<std::filesystem::path> files;
  ReadOptions reading;
  bool quiet = false;
};

/// A line of a description: name in a column, then the text.
std::string line(const std::string& name, const std::string& text) {
  return fmt::format("  {:<18}  {}\n", name, text);
}

std::string range_text(const NumberRange& range, const std::string& unit) {
  return fmt::format("{:.4g} to {:.4g} {}, mean {:.4g} {}", range.low(), range.high(), unit,
                     range.mean(), unit);
}

std::string percent_text(const NumberRange& range) {
  return fmt::format("{:.4g} to {:.4g} %, mean {:.4g} %", 100 * range.low(), 100 * range.high(),
                     100 * range.mean());
}

std::string describe_layout(const ShowerReader& reader) {
  const Grid grid = reader.grid();
  std::string text = line("layout", std::string(name_of(reader.layout())));
  text += line("showers", std::to_string(reader.size()));
  text += line("grid",
               fmt::format("{} x {} x {} cells ({})", grid.nx, grid.ny, grid.nz, reader.axes()));
  if (reader.scale() != 1) text += line("stored unit", fmt::format("{:g} GeV", reader.scale()));
  return text;
}

std::string describe_content(const ShowerSummary& summary) {
  std::string text = line("primary energy", range_text(summary.energy, "GeV"));
  for (std::size_t i = 0; i < summary.columns.size(); ++i) {
    const auto& [name, values, kind] = shower_columns[i];
    const NumberRange& range = summary.columns[i];
    if (range.count() > 0) text += line(name, range_text(range, unit_name(kind)));
  }
  text += line("energy in cells", range_text(summary.image_energy, "GeV"));
  text += line("sampling fraction", percent_text(summary.sampling_fraction));
  text += line("hottest cell", range_text(summary.hottest_cell, "GeV"));
  text += line("cells not 0", percent_text(summary.filled));
  return text + line("empty showers", std::to_string(summary.empty));
}

std::string describe_showers(const std::filesystem::path& path, const Options& options) {
  ShowerReader reader(path, options.reading);
  std::string text = describe_layout(reader);
  text += describe_content(summarise(reader, options.quiet));
  if (!reader.attributes().empty()) text += "  attributes\n";
  for (const auto& [name, value] : reader.attributes()) {
    text += fmt::format("    {:<16}  {}\n", name, value);
  }
  return text;
}

std::string describe_arrays(const std::filesystem::path& path) {
  std::string text = "  HDF5 without showers, with these data sets:\n";
  for (const auto& [name, shape] : list_named_arrays(path)) {
    text += fmt::format("    {:<16}  ({})\n", name, fmt::join(shape, ", "));
  }
  return text;
}

/// An entry of an indented list, such as the data sets of a file.
std::string entry(const std::string& name, const std::string& text) {
  return fmt::format("    {:<34}  {}\n", name, text);
}

/// Where the training stands; nothing of a state that is not one of adversarial training.
std::string describe_training(const Checkpoint& checkpoint) try {
  const gan::CheckpointSummary summary = gan::summary_of(checkpoint);
  return line("model", summary.model) + line("step", std::to_string(summary.step)) +
         line("epoch", fmt::format("{:.4g}", summary.epoch)) +
         line("showers seen", std::to_string(summary.showers)) +
         line("time in steps", fmt::format("{:.0f} s", summary.seconds)) +
         line("best validation", summary.best ? fmt::format("{:.6g}", *summary.best) : "none yet");
} catch (const InputError&) {
  return {};
}

/// What the arrays of each network are in all.
std::string describe_array_sizes(const Checkpoint& checkpoint) {
  std::map<std::string, std::pair<int, std::size_t>> networks;
  for (const auto& [name, values] : checkpoint.arrays) {
    auto& [arrays, numbers] = networks[name.substr(0, name.find('/'))];
    ++arrays;
    numbers += values.size();
  }
  std::string text;
  for (const auto& [name, size] : networks) {
    text += line(name, fmt::format("{} arrays, {} numbers", size.first, size.second));
  }
  return text;
}

/// A text that fits a line, or how long it is.
std::string short_text(const std::string& text) {
  const bool fits = text.size() <= 100 && text.find('\n') == std::string::npos;
  return fits ? text : fmt::format("{} bytes", text.size());
}

std::string describe_checkpoint(const std::filesystem::path& path) {
  const Checkpoint checkpoint = read_checkpoint(path);
  std::string text = "  state of a training, undamaged\n" + describe_training(checkpoint) +
                     describe_array_sizes(checkpoint) + "  counters\n";
  for (const auto& [name, value] : checkpoint.counters) text += entry(name, std::to_string(value));
  text += "  numbers\n";
  for (const auto& [name, value] : checkpoint.numbers) {
    text += entry(name, fmt::format("{:g}", value));
  }
  text += "  arrays\n";
  for (const auto& [name, values] : checkpoint.arrays) {
    text += entry(name, fmt::format("{} numbers", values.size()));
  }
  text += "  texts\n";
  for (const auto& [name, value] : checkpoint.texts) {
    text += entry(name, short_text(value));
  }
  return text;
}

std::string describe(const std::filesystem::path& path, const Options& options) {
  switch (file_kind(path)) {
    case FileKind::missing:
      throw InputError(fmt::format("there is no file '{}'", path.string()));
    case FileKind::showers:
      return describe_showers(path, options);
    case FileKind::checkpoint:
      return describe_checkpoint(path);
    case FileKind::other_hdf5:
      return describe_arrays(path);
    case FileKind::keras_weights:
    case FileKind::onnx:
    case FileKind::toml:
      return describe_model_file(path);
    case FileKind::unknown:
      break;
  }
  throw InputError(fmt::format("'{}' is not a file that ShowerGAN knows", path.string()), {},
                   "give showers or weights in HDF5, an .onnx model or a .toml definition");
}

/// The path as it stands, or that of the shipped model or definition of this name.
std::filesystem::path resolve(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) return path;
  const std::vector<std::string> endings{".onnx", ".toml"};
  const auto names = resource_names("models", endings);
  if (std::find(names.begin(), names.end(), path.string()) == names.end()) return path;
  return find_resource("models", path.string(), endings);
}

void inspect(const Options& options) {
  for (const std::filesystem::path& name : options.files) {
    const std::filesystem::path path = resolve(name);
    const std::string text = describe(path, options);
    std::printf("%s\n%s%s", path.c_str(), text.c_str(),
                text.empty() || text.back() == '\n' ? "" : "\n");
    if (std::fflush(stdout) != 0) throw Error("cannot write to standard output");
  }
}

}  // namespace

void add_inspect(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      application.add_subcommand("inspect", "Tell what is in shower files and models");
  command
      ->add_option("FILE", options->files,
                   "Shower file, weights, model or definition, or the name of a shipped one")
      ->required();
  command->add_option("--binning", options->reading.binning,
                      "Binning XML of a CaloChallenge file [NAME.binning.xml beside it]");
  command
      ->add_option("--scale", options->reading.scale,
                   "GeV per stored unit of a cell [what the file says]")
      ->check(CLI::PositiveNumber);
  command->add_flag("-q,--quiet", options->quiet, "No progress");
  command->callback([options] { inspect(*options); });
}

}  // namespace showergan::app
