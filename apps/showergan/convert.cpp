#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "command.hpp"
#include "convert_showers.hpp"
#include "model_commands.hpp"
#include "store/file_kind.hpp"

namespace showergan::app {
namespace {

struct Options {
  ConvertModelOptions model;
  ConvertShowersOptions showers;
  std::string layout = "3dgan";
};

void convert(Options options) {
  ConvertShowersOptions& showers = options.showers;
  if (showers.out.extension() == ".onnx") {
    options.model.in = showers.in;
    options.model.out = showers.out;
    options.model.force = showers.force;
    convert_model(options.model);
    return;
  }
  const FileKind kind = file_kind(showers.in);
  if (kind == FileKind::keras_weights || kind == FileKind::checkpoint || kind == FileKind::toml ||
      kind == FileKind::onnx) {
    throw InputError(fmt::format("'{}' holds no showers", showers.in.string()), {},
                     "to make a model, end the name of the output with .onnx");
  }
  showers.calochallenge = options.layout == "calochallenge";
  convert_showers(showers);
}

}  // namespace

void add_convert(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = application.add_subcommand(
      "convert", "Turn weights or a definition into an ONNX model, or showers into another layout");
  command
      ->add_option(
          "IN", options->showers.in,
          "Checkpoint of a training, Keras weights (HDF5), definition (.toml, gets initial "
          "weights) or showers (HDF5)")
      ->required();
  command->add_option("OUT", options->showers.out, "Model (.onnx) or shower file (.h5)")
      ->required();
  command->add_option("--architecture", options->model.architecture,
                      "Models: definition that the weights belong to, by name or path");
  command
      ->add_option("--part", options->model.part,
                   "Models: generator or discriminator [the one that the weights fit]")
      ->check(CLI::IsMember({"generator", "discriminator"}));
  command->add_flag("--last", options->model.last_weights,
                    "Checkpoints: the weights of the last step, not their moving average");
  command->add_option("--card", options->model.card,
                      "Models: JSON object with texts, ranges and facts for the model card");
  command->add_option("--to", options->layout, "Showers: layout, 3dgan or calochallenge [3dgan]")
      ->check(CLI::IsMember({"3dgan", "calochallenge"}));
  command->add_option("--binning", options->showers.reading.binning,
                      "Showers: binning XML of the CaloChallenge side");
  command
      ->add_option("--scale", options->showers.reading.scale,
                   "Showers: GeV per stored unit of a cell [what the input says]")
      ->check(CLI::PositiveNumber);
  command->add_flag("-f,--force", options->showers.force, "Overwrite the output");
  command->add_flag("-q,--quiet", options->showers.quiet, "No progress");
  command->callback([options] { convert(*options); });
}

}  // namespace showergan::app
