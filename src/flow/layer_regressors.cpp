#include "flow/layer_regressors.hpp"

#include <cmath>
#include <utility>

#include "base/contract.hpp"
#include "flow/graph_builder.hpp"

namespace showergan::flow {
namespace {

/// Products of nodes, each made once.
class Products {
 public:
  Products(nn::Graph& graph, const std::string& prefix) : build(graph, prefix) {}

  nn::NodeId operator()(nn::NodeId a, nn::NodeId b) {
    return build.binary("product" + std::to_string(count_++), nn::BinaryFunction::multiply, a, b);
  }

  GraphBuilder build;

 private:
  int count_ = 1;
};

/// Terms side by side, each spread over (2, layers, 1).
nn::NodeId beside(GraphBuilder& build, std::int64_t layers, const std::vector<nn::NodeId>& terms) {
  const nn::NodeId zero = build.constant(
      "spread", {2, layers, 1}, std::vector<float>(static_cast<std::size_t>(2 * layers), 0.0f));
  std::vector<nn::NodeId> columns;
  for (const nn::NodeId term : terms) {
    const nn::Shape& shape = build.shape_of(term);
    if (shape == nn::Shape{2, layers, 1}) {
      columns.push_back(term);
    } else {
      columns.push_back(build.binary("column" + std::to_string(columns.size() + 1),
                                     nn::BinaryFunction::add, term, zero));
    }
  }
  return build.add("terms", nn::Concatenate{2}, columns);
}

}  // namespace

WholeShower append_whole_shower(nn::Graph& graph, const std::string& prefix, nn::NodeId residuals) {
  GraphBuilder build(graph, prefix);
  const nn::NodeId bounded = build.clip("bounded", residuals, -kMostResidual, kMostResidual);
  const nn::NodeId depth = build.slice("depth", bounded, 0, 0, 1);
  const nn::NodeId length = build.slice("length", bounded, 0, 1, 2);
  const nn::NodeId position = build.slice("position", bounded, 0, 2, 4);
  return {depth, length, build.reshape("position_rows", position, {2, 1, 1})};
}

nn::NodeId append_scaled_energies(nn::Graph& graph, const LayerGeometry& layers,
                                  const std::string& prefix, nn::NodeId log_energies) {
  GraphBuilder build(graph, prefix);
  const double least = std::log(layers.threshold);
  const nn::NodeId above = build.clip("above", log_energies, least, HUGE_VAL);
  const nn::NodeId over = build.binary("over", nn::BinaryFunction::subtract, above, least);
  const nn::NodeId fifth = build.binary("fifth", nn::BinaryFunction::multiply, over, 0.2);
  const nn::NodeId x = build.binary("scaled", nn::BinaryFunction::subtract, fifth, 2.0);
  return build.reshape("column", x, {1, layers.layers(), 1});
}

nn::NodeId append_energy_regressors(nn::Graph& graph, const std::string& prefix,
                                    const RegressorNodes& nodes) {
  Products times(graph, prefix);
  const auto& [d, s, t] = nodes.whole;
  const nn::NodeId d2 = times(d, d);
  const nn::NodeId ds = times(d, s);
  const nn::NodeId s2 = times(s, s);
  const nn::NodeId d3 = times(d2, d);
  const nn::NodeId de = times(d, nodes.energy);
  const nn::NodeId se = times(s, nodes.energy);
  const nn::NodeId d2e = times(d2, nodes.energy);
  return times.build.add("terms", nn::Concatenate{0},
                         {nodes.features, d, s, d2, ds, s2, d3, de, se, d2e});
}

nn::NodeId append_centre_regressors(nn::Graph& graph, const LayerGeometry& layers,
                                    const std::string& prefix, const RegressorNodes& nodes) {
  Products times(graph, prefix);
  const nn::NodeId t = nodes.whole.position;
  const nn::NodeId x = nodes.scaled_energies;
  const nn::NodeId x2 = times(x, x);
  const nn::NodeId tx = times(t, x);
  const nn::NodeId t2 = times(t, t);
  const nn::NodeId t3 = times(t2, t);
  return beside(times.build, layers.layers(), {x, x2, t, tx, t2, t3});
}

}  // namespace showergan::flow
