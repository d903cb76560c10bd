#include <memory>
#include <string>
#include <vector>

#include "base/interrupt.hpp"
#include "command.hpp"
#include "gan/trainer.hpp"

namespace showergan::app {
namespace {

struct Options {
  std::string recipe;
  std::vector<std::string> settings;
  gan::TrainOptions training;
};

void train(Options options) {
  install_save_handler();
  options.training.recipe = gan::load_recipe(options.recipe, options.settings);
  gan::train(options.training);
}

}  // namespace

void add_train(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      application.add_subcommand("train", "Train a model on showers, as a recipe says");
  command->add_option("RECIPE", options->recipe, "Recipe (.toml), or name of a shipped one")
      ->required();
  command->add_option("--data", options->training.files, "Showers to train on (HDF5)")->required();
  command
      ->add_option("-o,--output", options->training.folder,
                   "Folder of the training: recipe, history, checkpoints, generator.onnx")
      ->required();
  command->add_flag("--resume", options->training.resume,
                    "Go on from the latest checkpoint in the folder, if there is one");
  command
      ->add_option("--set", options->settings,
                   "KEY=VALUE: change a key of the recipe, such as train.batch=64; repeatable")
      ->allow_extra_args(false);
  command->add_flag("--pin", options->training.pin, "Keep each thread on a CPU of its own");
  command->add_flag("-q,--quiet", options->training.quiet,
                    "Nothing on standard error but warnings and errors");
  command->callback([options] { train(*options); });
}

}  // namespace showergan::app
