#include "flow/layer_graph.hpp"

#include <algorithm>
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

/// The centre of the column of cells that is nearest to each of `centres` (layers) along an axis: a
/// step up halfway between one column and the next.
nn::NodeId nearest_columns(GraphBuilder& build, std::int64_t columns, nn::NodeId centres) {
  constexpr double steepness = 1e5;
  std::vector<float> borders;
  std::vector<float> steps;
  for (std::int64_t k = 0; k + 1 < columns; ++k) {
    const double x = static_cast<double>(k) - 0.5 * static_cast<double>(columns - 1);
    borders.push_back(static_cast<float>(bent(x + 0.5)));
    steps.push_back(static_cast<float>(bent(x + 1) - bent(x)));
  }
  const nn::NodeId first =
      build.number("first_column", bent(-0.5 * static_cast<double>(columns - 1)));
  if (columns == 1) {
    return build.binary("column", nn::BinaryFunction::add, first,
                        build.binary("nowhere", nn::BinaryFunction::multiply, centres, 0.0));
  }
  const nn::Shape shape = {columns - 1, 1};
  const nn::NodeId row = build.reshape("row", centres, {1, build.shape_of(centres)[0]});
  const nn::NodeId beyond = build.binary("beyond", nn::BinaryFunction::subtract, row,
                                         build.constant("borders", shape, std::move(borders)));
  const nn::NodeId passed = build.clip(
      "passed", build.binary("steep", nn::BinaryFunction::multiply, beyond, steepness), 0, 1);
  const nn::NodeId way = build.binary("way", nn::BinaryFunction::multiply, passed,
                                      build.constant("steps", shape, std::move(steps)));
  return build.binary("column", nn::BinaryFunction::add, build.sum("ways", way, {0}), first);
}

/// Centres (2 · layers) of layers of these widths, inside the image.
nn::NodeId true_centres(nn::Graph& graph, const LayerGeometry& layers, const std::string& prefix,
                        nn::NodeId centres, nn::NodeId widths) {
  const std::int64_t n = layers.layers();
  std::vector<nn::NodeId> nearest;
  std::vector<nn::NodeId> bounded;
  for (const std::int64_t axis : {0, 1}) {
    GraphBuilder build(graph, prefix + (axis == 0 ? "x_" : "y_"));
    const std::int64_t columns = layers.cells[static_cast<std::size_t>(axis)];
    const nn::NodeId of_axis = build.slice("centres", centres, 0, axis * n, (axis + 1) * n);
    const double most = bent(0.5 * static_cast<double>(columns - 1));
    nearest.push_back(nearest_columns(build, columns, of_axis));
    bounded.push_back(build.clip("bounded", of_axis, -most, most));
  }
  GraphBuilder build(graph, prefix);
  return build.add("true_centre", nn::Where{},
                   {widths, build.add("bounded_centre", nn::Concatenate{0}, bounded),
                    build.add("columns", nn::Concatenate{0}, nearest)});
}

}  // namespace

double bent(double position) {
  return kFarthestCentre * std::tanh(position / kFarthestCentre);
}

double straight(double centre) {
  const double most = bent(kFarthest);
  return kFarthestCentre * std::atanh(std::clamp(centre, -most, most) / kFarthestCentre);
}

nn::NodeId append_straight(nn::Graph& graph, const std::string& prefix, nn::NodeId centres) {
  GraphBuilder build(graph, prefix);
  const double most = bent(kFarthest);
  const nn::NodeId bounded = build.clip("within", centres, -most, most);
  const nn::NodeId above = build.binary("above", nn::BinaryFunction::add, bounded, kFarthestCentre);
  const nn::NodeId below = build.binary("below", nn::BinaryFunction::subtract,
                                        build.number("farthest", kFarthestCentre), bounded);
  const nn::NodeId log = build.function(
      "log", nn::Function::log, build.binary("ratio", nn::BinaryFunction::divide, above, below));
  return build.binary("straight", nn::BinaryFunction::multiply, log, 0.5 * kFarthestCentre);
}

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

nn::NodeId append_true_widths(nn::Graph& graph, const LayerGeometry& layers,
                              const std::string& prefix, nn::NodeId log_energies,
                              nn::NodeId widths) {
  GraphBuilder build(graph, prefix);
  const nn::NodeId none = build.number("no_width", 0);
  const nn::NodeId width = build.clip("bounded_width", widths, 0, kMostWidth);
  const nn::NodeId wide = build.binary("wide", nn::BinaryFunction::subtract, width, kLeastWidth);
  const nn::NodeId true_width = build.add("wide_width", nn::Where{}, {wide, width, none});
  const nn::NodeId above = build.binary("above_threshold", nn::BinaryFunction::subtract,
                                        log_energies, std::log(layers.threshold));
  return build.add("true_width", nn::Where{}, {above, true_width, none});
}

LayerNodes append_layers(nn::Graph& graph, const LayerGeometry& layers, const std::string& prefix,
                         nn::NodeId log_energies, nn::NodeId centres, nn::NodeId widths) {
  GraphBuilder build(graph, prefix);
  const nn::NodeId held = build.function("held", nn::Function::exp, log_energies);
  const nn::NodeId above =
      build.binary("above_threshold", nn::BinaryFunction::subtract, held, layers.threshold);
  const nn::NodeId nothing = build.number("nothing", 0);
  const nn::NodeId centre = true_centres(graph, layers, prefix, centres, widths);
  const nn::NodeId shape = build.add("all_shapes", nn::Concatenate{0}, {centre, widths});
  const nn::NodeId rows = build.reshape("shape_rows", shape, {4, layers.layers()});
  const nn::NodeId energy = build.add("energy", nn::Where{}, {above, held, nothing});
  return {energy, build.add("shape", nn::Where{}, {above, rows, nothing})};
}

}  // namespace showergan::flow
