#include <algorithm>

#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"
#include "nn/reference/interpreter.hpp"

namespace showergan::nn {
namespace {

/// The constants of a graph and everything that follows from them alone, as a graph of its own.
struct ConstantPart {
  Graph graph;
  std::vector<NodeId> places;  ///< of the whole graph's nodes in it; −1: not in it
  bool computes = false;       ///< whether it is more than the constants
};

bool is_constant(const Node& node) {
  return std::holds_alternative<Constant>(node.operation);
}

/// Whether a node's inputs alone determine its result: nothing is trained, fed or drawn.
bool is_fixed(const Node& node) {
  return node.parameters.empty() && !std::holds_alternative<Input>(node.operation) &&
         !std::holds_alternative<Dropout>(node.operation);
}

ConstantPart constant_part(const Graph& graph) {
  ConstantPart part;
  for (const Node& node : graph.nodes()) {
    std::vector<NodeId> inputs;
    for (const NodeId input : node.inputs) {
      inputs.push_back(part.places[static_cast<std::size_t>(input)]);
    }
    if (!is_fixed(node) || std::ranges::count(inputs, -1) > 0) {
      part.places.push_back(-1);
      continue;
    }
    part.places.push_back(part.graph.add(node.name, node.operation, std::move(inputs)));
    part.computes = part.computes || !is_constant(node);
  }
  return part;
}

Constant rounded(const Shape& shape, const std::vector<double>& values) {
  Constant constant{shape, {}};
  for (const double value : values) constant.values.push_back(static_cast<float>(value));
  return constant;
}

}  // namespace

Graph fold_constants(const Graph& graph) {
  const ConstantPart part = constant_part(graph);
  if (!part.computes) return graph;
  // In double precision, and rounded once, whatever the length of a chain.
  reference::Interpreter interpreter(part.graph, 1);
  reference::DoubleParameters none;
  interpreter.forward({}, none);
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < static_cast<NodeId>(graph.nodes().size()); ++id) {
    const Node& node = graph.node(id);
    const NodeId place = part.places[static_cast<std::size_t>(id)];
    if (place < 0 || is_constant(node)) {
      rewriter.keep(id);
    } else {
      rewriter.replace(id, rounded(node.shape, interpreter.value(place)), {}, {});
    }
  }
  return std::move(rewriter).finish();
}

}  // namespace showergan::nn
