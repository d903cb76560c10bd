#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "nn/graph/graph.hpp"

namespace showergan::nn {

/// A graph in two parts that are run one after the other, over the same parameters.
struct CutGraph {
  Graph head;  ///< its only output is the node at which it was cut, under the node's name
  Graph body;  ///< has an Input of that name in the node's place, and the outputs of the whole
};

/// Cuts a graph behind a node. Each part has those inputs of the whole that it uses; what both need
/// of what stands before the node, both compute.
CutGraph cut_behind(const Graph& graph, NodeId node);

/// A lowered graph cut behind the first layers that compose_linear() makes one matrix.
struct ComposedHead {
  std::string seam;       ///< name of the node at which it was cut
  CutGraph parts;         ///< nothing else is composed
  bool is_final_product;  ///< see final_products(), of the whole graph
};

/// What becomes of a lowered graph if its first layers may be computed for so many samples at once;
/// nothing if they are not to be composed. What stands before the matrix is element-wise: a sample
/// comes out the same, bit for bit, in any batch.
std::optional<ComposedHead> compose_head(const Graph& lowered, std::int64_t samples);

}  // namespace showergan::nn
