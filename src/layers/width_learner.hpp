#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/thread_team.hpp"
#include "flow/layer_flow.hpp"
#include "layers/layer_sample.hpp"
#include "training/supervised.hpp"

namespace showergan::layers {

/// Networks that have learned to draw widths (flow/width_network.hpp).
class WidthLearner {
 public:
  /// Learns by maximum likelihood: `recipe` without its loss. Throws what
  /// training::train_supervised() throws.
  WidthLearner(const flow::LayerFlow& flow, const LayerSample& training,
               const LayerSample& validation, training::SupervisedRecipe recipe, ThreadTeam& team);

  /// That of the validation showers (flow::width_graph), of the parameters.
  double loss() const noexcept { return loss_; }

  /// Values of the networks' parameters by their names.
  std::map<std::string, std::vector<float>> parameters() const;

  /// Codes whose widths are replaced by the normal numbers from which the networks draw them. What
  /// a layer without a width would have is drawn, and depends on `seed` and the shower only.
  std::vector<float> normal_codes(const LayerSample& sample, std::uint64_t seed,
                                  ThreadTeam& team) const;

 private:
  flow::LayerFlow flow_;
  nn::Graph graph_;
  nn::Parameters parameters_;
  double loss_ = 0;
};

}  // namespace showergan::layers
