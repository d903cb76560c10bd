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

/// ln E_l: that of what is left behind layer l, and of its share in it. With p = 1 / (1 + e^−z) are
/// ln p = −softplus(−z) and ln(1 − p) = −softplus(z), which loses no digits.
nn::NodeId log_energies(GraphBuilder& build, const LayerGeometry& layers, nn::NodeId code,
                        nn::NodeId energy) {
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
  const nn::NodeId logits = build.add("logits", nn::Slice{0, 1, n}, {code});
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
  const nn::NodeId response = build.add("response", nn::Slice{0, 0, 1}, {code});
  nn::NodeId log_sum = build.binary("log_sum", nn::BinaryFunction::add, response,
                                    build.function("log_primary", nn::Function::log, energy));
  log_sum = build.binary("less_share", nn::BinaryFunction::subtract, log_sum, taken);
  log_sum = build.binary("less_rest", nn::BinaryFunction::subtract, log_sum, passed);
  return build.binary("log_energy", nn::BinaryFunction::subtract, log_sum,
                      build.constant("log_weights", {n}, std::move(weights)));
}

/// Widths of which those below kLeastWidth are 0.
nn::NodeId widths(GraphBuilder& build, const LayerGeometry& layers, nn::NodeId code) {
  const std::int64_t n = layers.layers();
  const nn::NodeId least = build.number("least_width", kLeastWidth);
  nn::NodeId width = build.add("width_code", nn::Slice{0, 3 * n, 5 * n}, {code});
  width = build.function("width_exp", nn::Function::exp, width);
  width = build.binary("width", nn::BinaryFunction::subtract, width, least);
  const nn::NodeId above = build.binary("wide", nn::BinaryFunction::subtract, width, least);
  return build.add("true_width", nn::Where{}, {above, width, build.number("no_width", 0)});
}

}  // namespace

LayerNodes append_layers(nn::Graph& graph, const LayerGeometry& layers, const std::string& prefix,
                         nn::NodeId code, nn::NodeId energy) {
  GraphBuilder build(graph, prefix);
  const std::int64_t n = layers.layers();
  const nn::NodeId held =
      build.function("held", nn::Function::exp, log_energies(build, layers, code, energy));
  const nn::NodeId above = build.binary("above_threshold", nn::BinaryFunction::subtract, held,
                                        build.number("threshold", layers.threshold));
  const nn::NodeId nothing = build.number("nothing", 0);
  const nn::NodeId centres = build.add("centres", nn::Slice{0, n, 3 * n}, {code});
  const nn::NodeId shape =
      build.add("all_shapes", nn::Concatenate{0}, {centres, widths(build, layers, code)});
  const nn::NodeId rows = build.add("shape_rows", nn::Reshape{{4, n}}, {shape});
  return {build.add("energy", nn::Where{}, {above, held, nothing}),
          build.add("shape", nn::Where{}, {above, rows, nothing})};
}

}  // namespace showergan::flow
