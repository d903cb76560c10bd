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

/// a(1 − a) of centres (layers) along one axis: between cells at whole numbers, or at halves of odd
/// numbers.
nn::NodeId shared(GraphBuilder& build, const std::string& name, nn::NodeId square, bool between) {
  if (between) {
    const nn::NodeId inside = build.clip(name + "_inside", square, 0, 0.25);
    return build.binary(name, nn::BinaryFunction::subtract, build.number(name + "_most", 0.25),
                        inside);
  }
  const nn::NodeId near = build.clip(name + "_near", square, 0, 1);
  const nn::NodeId size =
      build.add(name + "_size", nn::Activation{nn::Function::power, 0.5}, {near});
  return build.binary(name, nn::BinaryFunction::subtract, size, near);
}

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

nn::NodeId append_width_globals(nn::Graph& graph, const std::string& prefix,
                                const RegressorNodes& nodes) {
  GraphBuilder build(graph, prefix);
  return build.add("terms", nn::Concatenate{0},
                   {nodes.features, nodes.whole.depth, nodes.whole.length});
}

nn::NodeId append_width_regressors(nn::Graph& graph, const LayerGeometry& layers,
                                   const std::string& prefix, const RegressorNodes& nodes) {
  Products times(graph, prefix);
  GraphBuilder& build = times.build;
  const std::int64_t n = layers.layers();
  const auto& [d, s, t] = nodes.whole;
  const nn::NodeId x = nodes.scaled_energies;
  const nn::NodeId squares = times(nodes.centres, nodes.centres);
  std::vector<nn::NodeId> shares;
  for (const std::int64_t axis : {0, 1}) {
    const std::string name = axis == 0 ? "shared_x" : "shared_y";
    const nn::NodeId square = build.slice(name + "_square", squares, 0, axis * n, (axis + 1) * n);
    const nn::NodeId share = shared(build, name, square, layers.between_cells[axis == 0 ? 0 : 1]);
    const nn::NodeId above =
        build.binary(name + "_above", nn::BinaryFunction::add, share, kUnshared);
    const nn::NodeId log = build.function(name + "_log", nn::Function::log, above);
    const nn::NodeId half = build.binary(name + "_half", nn::BinaryFunction::multiply, log, 0.5);
    shares.push_back(build.binary(name + "_scaled", nn::BinaryFunction::add, half, 2.0));
  }
  const nn::NodeId own = build.add("own", nn::Concatenate{0}, shares);
  const nn::NodeId other = build.add("other", nn::Concatenate{0}, {shares[1], shares[0]});
  const nn::NodeId b = build.reshape("own_rows", own, {2, n, 1});
  const nn::NodeId o = build.reshape("other_rows", other, {2, n, 1});
  const nn::NodeId near = build.clip("near_centre", squares, 0, kMostCentre * kMostCentre);
  const nn::NodeId c2 = build.reshape("near_rows", near, {2, n, 1});
  const nn::NodeId x2 = times(x, x);
  const nn::NodeId x3 = times(x2, x);
  const nn::NodeId xe = times(x, nodes.energy);
  const nn::NodeId t2 = times(t, t);
  const nn::NodeId c2x = times(c2, x);
  const nn::NodeId b2 = times(b, b);
  const nn::NodeId bx = times(b, x);
  const nn::NodeId bx2 = times(b, x2);
  const nn::NodeId be = times(b, nodes.energy);
  const nn::NodeId bd = times(b, d);
  const nn::NodeId bo = times(b, o);
  const nn::NodeId ox = times(o, x);
  return beside(build, n, {x, x2, x3, xe, t2, c2, c2x, b, b2, bx, bx2, be, bd, o, bo, ox});
}

}  // namespace showergan::flow
