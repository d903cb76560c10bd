#pragma once

#include <string>

#include "flow/layer_code.hpp"
#include "nn/graph/graph.hpp"

namespace showergan::flow {

/// LayerCode::decode() as nodes of a graph.
struct LayerNodes {
  nn::NodeId energy = 0;  ///< (layers) GeV
  nn::NodeId shape = 0;   ///< (4, layers) centre_x, centre_y, width_x, width_y, cells
};

/// `code` is (5 · layers), `energy` (1) of the primary in GeV. Layers are named with `prefix`.
LayerNodes append_layers(nn::Graph& graph, const LayerCode& layers, const std::string& prefix,
                         nn::NodeId code, nn::NodeId energy);

}  // namespace showergan::flow
