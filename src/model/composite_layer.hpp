#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/definition_table.hpp"
#include "nn/graph/graph.hpp"

namespace showergan {

/// A layer of a definition that is more than one operator: adds its nodes, named with `prefix`, and
/// gives the one that is the layer's result. Throws nn::ShapeError if the inputs do not fit.
using CompositeLayer = std::function<nn::NodeId(nn::Graph& graph, const std::string& prefix,
                                                const std::vector<nn::NodeId>& inputs)>;

/// The layer of that type, with the keys that belong to it; none if the type is another.
std::optional<CompositeLayer> read_composite_layer(const std::string& type,
                                                   const DefinitionTable& table);

/// Names of these types, sorted.
std::vector<std::string> composite_layer_types();

}  // namespace showergan
