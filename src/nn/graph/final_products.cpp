#include "nn/graph/final_products.hpp"

#include <variant>

namespace showergan::nn {
namespace {

bool multiplies(const Node& node) {
  return std::holds_alternative<Conv3d>(node.operation) ||
         std::holds_alternative<Conv3dTranspose>(node.operation) ||
         std::holds_alternative<Dense>(node.operation);
}

}  // namespace

std::vector<bool> final_products(const Graph& graph) {
  const std::vector<Node>& nodes = graph.nodes();
  std::vector<bool> multiplied(nodes.size(), false);  // by something that uses the result
  for (std::size_t i = nodes.size(); i-- > 0;) {      // users stand after what they use
    for (std::size_t k = 0; k < nodes[i].inputs.size(); ++k) {
      // The second input of a convolution is added to its result.
      const bool reaches_product = multiplied[i] || (multiplies(nodes[i]) && k == 0);
      if (reaches_product) multiplied[static_cast<std::size_t>(nodes[i].inputs[k])] = true;
    }
  }
  std::vector<bool> result(nodes.size(), false);
  for (std::size_t i = 0; i < nodes.size(); ++i) result[i] = multiplies(nodes[i]) && !multiplied[i];
  return result;
}

}  // namespace showergan::nn
