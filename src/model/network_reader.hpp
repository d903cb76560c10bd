#pragma once

#include "model/definition_table.hpp"
#include "nn/graph/graph.hpp"

namespace showergan {

/// Builds the graph of a [generator] or [discriminator] table: `outputs` (name → layer) and a list
/// `layers`. Each layer has a `type`, keys of its type, a `name` (default: its type and a running
/// number) and `inputs`, a list of layer names and of numbers (default: the layer before).
///
/// Throws InputError with file, line, layer, and the shapes that do not fit.
nn::Graph read_network(const DefinitionTable& table);

}  // namespace showergan
