#pragma once

#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "flow/condition_features.hpp"
#include "flow/coupling_flow.hpp"
#include "flow/layer_graph.hpp"
#include "nn/graph/graph.hpp"
#include "shower/condition.hpp"

namespace showergan::flow {

/// Where a number's marginal distribution is described: its values at these numbers of standard
/// deviations of a normal number, with lines between and beyond them.
inline constexpr std::array<double, 13> kMarginalKnots = {-3,  -2.5, -2,  -1.5, -1,  -0.5, 0,
                                                          0.5, 1,    1.5, 2,    2.5, 3};

/// Between the knots, and beyond the first and the last.
inline constexpr std::int64_t kMarginalSlopes = std::ssize(kMarginalKnots) + 1;

/// The distribution of the layers of a shower at given conditions, as a code (layers::LayerCode). A
/// coupling flow makes numbers without mean, spread and linear correlation. `root` and `marginal_…`
/// give them correlation and shape (layers::Standardisation), and then four groups of numbers, one
/// after the other, get their means and spreads, which depend on the condition and on the groups
/// before (flow/layer_regressors.hpp): the whole shower, energies, centres, and normal numbers from
/// which networks draw the widths (flow/width_network.hpp).
struct LayerFlow {
  LayerGeometry geometry;
  std::vector<ConditionRange> conditions;
  int blocks = 6;
  std::int64_t units = 64;

  /// Normal numbers that a shower's layers are drawn from: those of a code, and one for each width
  /// that decides whether there is any.
  std::int64_t noise_size() const { return geometry.code_size() + 2 * geometry.layers(); }
  /// Of the energy, among conditions and among features.
  std::int64_t energy_place() const;
  ConditionFeatures features() const { return ConditionFeatures(conditions); }
  CouplingFlow coupling() const {
    return {geometry.code_size(), features().count(), blocks, units};
  }
};

/// Layers drawn from `noise` (noise_size()) at the generator's input `condition`. Nodes are named
/// with `prefix`.
LayerNodes append_layer_flow(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                             nn::NodeId noise, nn::NodeId condition);

}  // namespace showergan::flow
