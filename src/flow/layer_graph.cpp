#include "flow/layer_graph.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "flow/graph_builder.hpp"

namespace showergan::flow {
namespace {

/// Σ_k matrix[l][k] · vector[k], a fixed matrix (rows, columns).
nn::NodeId product(GraphBuilder& build, const std::string& name, std::int64_t rows,
                   std::vector<float> matrix, nn::NodeId vector) {
  const std::int64_t columns = std::ssize(matrix) / rows;
  const nn::NodeId row = build.add(name + "_row", nn::Reshape{{1, columns}}, {vector});
  const nn::NodeId fixed = build.constant(name + "_matrix", {rows, columns}, std::move(matrix));
  const nn::NodeId terms = build.binary(name + "_terms", nn::BinaryFunction::multiply, row, fixed);
  return build.add(name, nn::Reduction{nn::Reducer::sum, {1}}, {terms});
}

/// Widths of which those below kLeastWidth are 0.
nn::NodeId true_widths(GraphBuilder& build, nn::NodeId code) {
  const nn::NodeId least = build.number("least_width", kLeastWidth);
  const nn::NodeId bounded =
      build.clip("bounded_width", code, -HUGE_VAL, std::log(kMostWidth + kLeastWidth));
  const nn::NodeId exp = build.function("width_exp", nn::Function::exp, bounded);
  const nn::NodeId width = build.binary("width", nn::BinaryFunction::subtract, exp, least);
  const nn::NodeId above = build.binary("wide", nn::BinaryFunction::subtract, width, least);
  const nn::NodeId none = build.number("no_width", 0);
  return build.add("true_width", nn::Where{}, {above, width, none});
}

}  // namespace

/// That of what is left behind layer l, and of its share in it. With p = 1 / (1 + e^−z) are
/// ln p = −softplus(−z) and ln(1 − p) = −softplus(z), which loses no digits.
nn::NodeId append_log_energies(nn::Graph& graph, const LayerGeometry& layers,
                               const std::string& prefix, nn::NodeId energies, nn::NodeId primary) {
  GraphBuilder build(graph, prefix);
  const std::int64_t n = layers.layers();
  const auto rows = static_cast<std::size_t>(n);
  std::vector<float> own(rows * (rows - 1));
  std::vector<float> before(rows * (rows - 1));
  for (std::size_t l = 0; l < rows; ++l) {
    for (std::size_t k = 0; k + 1 < rows; ++k) {
      own[l * (rows - 1) + k] = l == k ? 1.0f : 0.0f;
      before[l * (rows - 1) + k] = k < l ? 1.0f : 0.0f;
    }
  }
  const nn::NodeId logits = build.add("logits", nn::Slice{0, 1, n}, {energies});
  const nn::NodeId negative = build.binary("negative_logits", nn::BinaryFunction::multiply, logits,
                                           build.number("minus_one", -1));
  const nn::NodeId taken = product(build, "share", n, std::move(own),
                                   build.function("share_loss", nn::Function::softplus, negative));
  const nn::NodeId passed = product(build, "rest", n, std::move(before),
                                    build.function("rest_loss", nn::Function::softplus, logits));
  std::vector<float> weights;
  for (const double w : layers.weights) {
    weights.push_back(static_cast<float>(std::log(w)));
  }
  const nn::NodeId response = build.add("response", nn::Slice{0, 0, 1}, {energies});
  const nn::NodeId log_primary = build.function("log_primary", nn::Function::log, primary);
  nn::NodeId log_sum = build.binary("log_sum", nn::BinaryFunction::add, response, log_primary);
  log_sum = build.binary("less_share", nn::BinaryFunction::subtract, log_sum, taken);
  log_sum = build.binary("less_rest", nn::BinaryFunction::subtract, log_sum, passed);
  return build.binary("log_energy", nn::BinaryFunction::subtract, log_sum,
                      build.constant("log_weights", {n}, std::move(weights)));
}

LayerNodes append_layers(nn::Graph& graph, const LayerGeometry& layers, const std::string& prefix,
                         nn::NodeId log_energies, nn::NodeId centres, nn::NodeId widths) {
  GraphBuilder build(graph, prefix);
  const nn::NodeId held = build.function("held", nn::Function::exp, log_energies);
  const nn::NodeId above =
      build.binary("above_threshold", nn::BinaryFunction::subtract, held, layers.threshold);
  const nn::NodeId nothing = build.number("nothing", 0);
  const nn::NodeId width = true_widths(build, widths);
  const nn::NodeId centre = build.clip("true_centre", centres, -kFarthestCentre, kFarthestCentre);
  const nn::NodeId shape = build.add("all_shapes", nn::Concatenate{0}, {centre, width});
  const nn::NodeId rows = build.reshape("shape_rows", shape, {4, layers.layers()});
  const nn::NodeId energy = build.add("energy", nn::Where{}, {above, held, nothing});
  return {energy, build.add("shape", nn::Where{}, {above, rows, nothing})};
}

}  // namespace showergan::flow
