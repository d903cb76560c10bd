#pragma once

#include <map>
#include <string>
#include <vector>

#include "flow/layer_flow.hpp"
#include "nn/graph/graph.hpp"

namespace showergan {

/// A generator that is told what the layers of a shower hold, and the flow that draws it.
struct DrawnLayers {
  flow::LayerFlow flow;
  /// As the definition has it: a generator with the further inputs `layer_energy` (layers), GeV,
  /// and `layer_shape` (4, layers), centre x, y and width x, y in cells; either may be missing.
  nn::Graph decoder;
};

/// Names of the flow's nodes and parameters in the whole generator begin so.
inline constexpr const char* kLayerPrefix = "layers_";
/// Its standard-normal numbers.
inline constexpr const char* kLayerNoise = "noise_layers";

/// The whole generator: the decoder, whose layers the flow draws from the further input
/// `noise_layers`. It has the decoder's output `shower`.
nn::Graph whole_generator(const DrawnLayers& layers);

/// Parameters of the whole generator from the decoder's and from those of the flow, by their names
/// without prefix (layers::LearntLayerFlow). `whole` is whole_generator().
nn::Parameters whole_parameters(const nn::Graph& whole, const nn::Graph& decoder,
                                const nn::Parameters& decoder_parameters,
                                const std::map<std::string, std::vector<float>>& flow_parameters);

}  // namespace showergan
