#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "showergan/precision.hpp"

#include "layers/train_layer_flow.hpp"

namespace showergan::gan {

/// What an output of the discriminator is compared with.
enum class Target {
  label,      ///< 1 for a shower of the Monte Carlo, 0 for a generated one; 1 in generator updates
  condition,  ///< one of the conditions, divided by `unit`
  cell_sum,   ///< the sum of the cells: of a Monte Carlo shower its own; of a generated one the
              ///< polynomial of its energy, or if there is none that of the Monte Carlo shower
              ///< whose conditions it has
};

/// One term of the loss of both networks: weight × mean over the batch of loss(target, output).
struct LossTerm {
  std::string output;          ///< of the discriminator
  std::string loss;            ///< name of a training::Loss
  std::string generator_loss;  ///< the same in generator updates; usually as `loss`
  double weight = 1;
  Target target = Target::label;
  std::string condition;  ///< with Target::condition: its name
  double unit = 1;        ///< with Target::condition: what it is divided by; with Target::cell_sum
                          ///< the unit of the energy in the polynomial, GeV
  /// With Target::cell_sum: mean sum of the cells in GeV at energy e (in `unit`s) is Σ c_i e^i.
  std::vector<double> polynomial;

  bool operator==(const LossTerm&) const = default;
};

/// How a network learns.
struct OptimizerRecipe {
  std::string optimizer = "rmsprop";         ///< name of a training::Optimizer
  double rate = 1e-3;                        ///< before the schedule
  std::map<std::string, double> parameters;  ///< of the optimiser: rho, epsilon, …
  double clip = 0;                           ///< largest L2 norm of the gradient; 0: no limit
  std::string schedule = "constant";         ///< name of a training::Schedule
  std::map<std::string, double> schedule_parameters;
  double warm_up = 0;         ///< epochs over which the rate grows linearly from 0
  double spectral_limit = 0;  ///< largest spectral norm of a kernel; 0: no limit

  bool operator==(const OptimizerRecipe&) const = default;
};

struct DataRecipe {
  double threshold = 1e-6;  ///< GeV; cells below are set to 0
  double least_sum = 0;     ///< GeV; showers whose sum of cells is below are left out; 0: none are
  double scale = 1;         ///< the networks see (scale · GeV)^power
  double power = 1;
  std::string symmetries = "none";  ///< "none", or "all": one of the 8 of the square, at random
  double validation = 0.1;          ///< part of the showers that is not trained on
  std::int64_t memory = 512;        ///< most memory for showers, MiB

  bool operator==(const DataRecipe&) const = default;
};

/// How a generator begins, before there is a discriminator to learn from: it learns the spectrum of
/// each cell of the Monte Carlo shower whose layers it is told, by maximum likelihood
/// (flow::CellSpectrum).
struct StartRecipe {
  std::int64_t steps = 0;
  /// The generator's output with the numbers of all cells' spectra, (CellSpectrum::numbers, x, y,
  /// z).
  std::string output = "spectra";
  double mean = 0;    ///< weight of the deviance of the cells' mean energies beside the likelihood
  double weight = 0;  ///< of both in the generator's updates that follow
  OptimizerRecipe optimizer;

  bool operator==(const StartRecipe&) const = default;
};

/// The generator learns to hold, on average, as much energy as the Monte Carlo in each ring of
/// cells of each layer (ProfileBalance), beside its discriminator.
struct ProfileRecipe {
  double weight = 0;    ///< in the generator's updates
  double decay = 0.98;  ///< of the averages that are compared, a step

  bool operator==(const ProfileRecipe&) const = default;
};

/// A training: everything that decides about the weights, apart from the showers themselves.
struct Recipe {
  std::string model;  ///< name or path of a model definition

  DataRecipe data;

  std::uint64_t seed = 1;
  std::int64_t batch = 128;
  std::int64_t epochs = 25;
  std::int64_t steps = 0;     ///< stop after so many, if that is earlier; 0: after the epochs
  int threads = 0;            ///< 0: every core that the process may use
  int generator_updates = 2;  ///< in each step
  /// Steps at the begin of the adversarial part in which the generator rests.
  std::int64_t discriminator_first = 0;
  double label_flips = 0.05;  ///< part of the labels that are wrong in discriminator updates
  /// Conditions of generated showers: "uniform" in the model's ranges, or those of the "data".
  std::string fake_conditions = "uniform";
  double average = 0;  ///< decay of the moving average of the generator's weights; 0: none
  /// Of convolutions, not int8. Where the processor has no instructions for it, float32 is used.
  Precision precision = Precision::f32;
  int patience = 100;  ///< steps with empty or identical images before the training is given up

  std::vector<LossTerm> losses;
  /// Outputs of the generator that are to become small, and their weights in its loss.
  std::map<std::string, double> generator_losses;
  OptimizerRecipe generator;
  OptimizerRecipe discriminator;
  std::optional<StartRecipe> start;
  std::optional<ProfileRecipe> profile;
  layers::LayerFlowRecipe layers;  ///< of a model whose layers are drawn

  std::int64_t validation_every = 1;       ///< epochs; 0: never
  std::int64_t validation_showers = 1000;  ///< at most
  /// Names of physics metrics; the generator with the least sum is the best.
  std::vector<std::string> validation_metrics = {"moments_shift", "profile_x_mean",
                                                 "profile_z_mean"};
  std::int64_t checkpoint_every = 100;  ///< steps, and the end of each epoch; 0: that only
  std::int64_t checkpoint_keep = 3;     ///< the last ones; the best is kept as well

  bool operator==(const Recipe&) const = default;
};

/// Reads recipes/NAME.toml or a path, changed by `settings` in their order.
///
/// A setting is KEY=VALUE: a dotted key ("train.batch", "losses.ecal.weight",
/// "generator.schedule.epochs") and a TOML value, or a bare word for a text. Setting an optimiser
/// or a schedule also drops the parameters that stood there for the former one. What the file
/// leaves out has the value of the structs above, and the optimiser's and the schedule's own
/// defaults; a loss needs `loss` and `target`. Throws InputError naming file and line, or the
/// setting, for anything unknown, missing, of wrong type or out of range.
Recipe load_recipe(const std::string& name_or_path, const std::vector<std::string>& settings = {});

/// The same from a text, such as the one that a checkpoint keeps; `name` is what messages call it.
Recipe parse_recipe(const std::string& text, const std::string& name,
                    const std::vector<std::string>& settings = {});

/// The recipe as TOML with every key, as runs/NAME/recipe.toml keeps it; load_recipe reads it back
/// to an equal recipe.
std::string to_toml(const Recipe& recipe);

}  // namespace showergan::gan
