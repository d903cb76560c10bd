#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/thread_team.hpp"
#include "flow/layer_flow.hpp"
#include "layers/layer_sample.hpp"

namespace showergan::layers {

/// How a flow of layers learns, and before it the networks of the widths.
struct LayerFlowRecipe {
  double rate = 1e-3;  ///< of Adam; goes down to 0 along a cosine
  double weight_decay = 0.02;
  double dropout = 0.1;  ///< part of the first hidden layer's numbers that are left out
  std::int64_t batch = 512;
  int epochs = 20;
  int width_epochs = 5;  ///< of the networks; some hundred batches are enough
  int patience =
      0;  ///< epochs without a better density of the validation showers that end it; 0: none
  std::uint64_t seed = 1;

  bool operator==(const LayerFlowRecipe&) const = default;
};

/// What a flow of layers has learned.
struct LearntLayerFlow {
  /// Values of all parameters that flow::append_layer_flow() adds, by their names without prefix.
  std::map<std::string, std::vector<float>> parameters;
  /// Minus the logarithm of the density per number, of standardised codes and without ln(2π)/2:
  /// after each epoch, of the validation showers. 0.5 is what normal numbers have.
  std::vector<double> validation_loss;
  int best_epoch = 0;  ///< that of the parameters, from 0
  /// Of the networks of the widths: minus the logarithm of the density of a layer's ln widths along
  /// x and y, without ln(2π), of the validation showers.
  double width_loss = 0;
};

/// Called after each epoch with its number, from 0.
using EpochDone = std::function<void(int epoch)>;

/// Learns the distribution of layers by maximum likelihood; the parameters are those of the epoch
/// with the highest density of `validation`. The same seed gives the same bits with any number of
/// threads. Throws InputError for too few showers, and Error if the user interrupts or the loss is
/// not a number any more.
LearntLayerFlow train_layer_flow(const flow::LayerFlow& flow, const LayerSample& training,
                                 const LayerSample& validation, const LayerFlowRecipe& recipe,
                                 ThreadTeam& team, const EpochDone& done = {});

}  // namespace showergan::layers
