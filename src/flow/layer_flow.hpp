#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/condition_features.hpp"
#include "flow/coupling_flow.hpp"
#include "flow/layer_graph.hpp"
#include "nn/graph/graph.hpp"
#include "shower/condition.hpp"

namespace showergan::flow {

/// The distribution of the layers of a shower at given conditions: a coupling flow makes numbers
/// without mean, spread and linear correlation, which `mean`, `log_scale` and `root` give them
/// (layers::Standardisation), and these are decoded.
struct LayerFlow {
  LayerGeometry geometry;
  std::vector<ConditionRange> conditions;
  int blocks = 6;
  std::int64_t units = 64;

  ConditionFeatures features() const { return ConditionFeatures(conditions); }
  CouplingFlow coupling() const {
    return {geometry.code_size(), features().count(), blocks, units};
  }
};

/// Layers drawn from `noise` (code_size()) at the generator's input `condition`. Nodes are named
/// with `prefix`.
LayerNodes append_layer_flow(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                             nn::NodeId noise, nn::NodeId condition);

}  // namespace showergan::flow
