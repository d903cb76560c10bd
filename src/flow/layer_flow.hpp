#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/thread_team.hpp"
#include "flow/condition_features.hpp"
#include "flow/coupling_flow.hpp"
#include "flow/layer_code.hpp"
#include "flow/standardisation.hpp"

namespace showergan::flow {

/// The layers of some showers, and their conditions.
struct LayerSample {
  std::vector<double> codes;      ///< (n, LayerCode::size())
  std::vector<float> conditions;  ///< (n, conditions of the model)

  std::int64_t size(const LayerCode& code) const { return std::ssize(codes) / code.size(); }
};

/// How a flow of layers learns.
struct LayerFlowRecipe {
  int blocks = 6;
  std::int64_t units = 64;
  double rate = 1e-3;
  std::int64_t batch = 512;
  int epochs = 100;
  int patience = 10;  ///< epochs without a better density of the validation showers that end it
  std::uint64_t seed = 1;
};

/// The distribution of the layers of showers at given conditions, learnt by maximum likelihood.
class LayerFlow {
 public:
  /// Called after each epoch with its number, from 0.
  using EpochDone = std::function<void(int epoch)>;

  /// Learns from `training`; the weights are those of the epoch with the highest density of
  /// `validation`. The same seed gives the same bits with any number of threads. Throws InputError
  /// for too few showers, and Error if the user interrupts or the loss is not a number any more.
  LayerFlow(const LayerCode& code, const ConditionFeatures& features, const LayerSample& training,
            const LayerSample& validation, const LayerFlowRecipe& recipe, ThreadTeam& team,
            const EpochDone& done = {});

  /// Minus the logarithm of the density per number, of standardised codes and without ln(2π)/2:
  /// after each epoch, of the validation showers. 0.5 is what normal numbers have.
  const std::vector<double>& validation_loss() const noexcept { return validation_loss_; }
  int best_epoch() const noexcept { return best_epoch_; }

  /// Adds what makes codes: from `noise` (LayerCode::size()) and the generator's input `condition`
  /// to codes of the same size. Layers are named with `prefix`.
  nn::NodeId append(nn::Graph& graph, const std::string& prefix, nn::NodeId noise,
                    nn::NodeId condition) const;

  /// Values of the parameters that append() adds, by their names.
  std::map<std::string, std::vector<float>> parameters(const std::string& prefix) const;

 private:
  std::int64_t size_;
  ConditionFeatures features_;
  Standardisation standardisation_;
  CouplingFlow flow_;
  std::map<std::string, std::vector<float>> weights_;  ///< without prefix
  std::vector<double> validation_loss_;
  int best_epoch_ = 0;
};

}  // namespace showergan::flow
