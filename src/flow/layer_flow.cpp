#include "flow/layer_flow.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "flow/graph_builder.hpp"
#include "flow/layer_regressors.hpp"
#include "flow/width_network.hpp"

namespace showergan::flow {
namespace {

nn::NodeId dense(nn::Graph& graph, const std::string& name, std::int64_t units, bool bias,
                 nn::NodeId from) {
  nn::Dense dense;
  dense.units = units;
  dense.bias = bias;
  return graph.add(name, dense, {from});
}

/// Each of `size` normal numbers with the marginal distribution that is learnt: its value at the
/// first knot, and the slopes of the lines from one knot to the next.
nn::NodeId append_marginals(nn::Graph& graph, std::int64_t size, const std::string& prefix,
                            nn::NodeId normal) {
  constexpr double low = kMarginalKnots.front();
  constexpr double high = kMarginalKnots.back();
  constexpr double step = kMarginalKnots[1] - low;
  GraphBuilder build(graph, prefix);
  const nn::NodeId column = build.reshape("column", normal, {size, 1});
  const nn::NodeId below = build.binary("below", nn::BinaryFunction::subtract,
                                        build.clip("below_clip", column, -HUGE_VAL, low), low);
  const nn::NodeId above = build.binary("above", nn::BinaryFunction::subtract,
                                        build.clip("above_clip", column, high, HUGE_VAL), high);
  const std::vector<float> knots(kMarginalKnots.begin(), kMarginalKnots.end() - 1);
  const nn::NodeId between =
      build.clip("between",
                 build.binary("from_knot", nn::BinaryFunction::subtract, column,
                              build.constant("knots", {1, std::ssize(knots)}, knots)),
                 0, step);
  const nn::NodeId ways = build.add("ways", nn::Concatenate{1}, {below, between, above});
  const nn::NodeId one = build.number("one", 1);
  const nn::NodeId slopes =
      build.reshape("slopes", dense(graph, prefix + "slope", size * kMarginalSlopes, false, one),
                    {size, kMarginalSlopes});
  const nn::NodeId sum =
      build.sum("sum", build.binary("parts", nn::BinaryFunction::multiply, ways, slopes), {1});
  return build.binary("value", nn::BinaryFunction::add, sum,
                      dense(graph, prefix + "start", size, false, one));
}

/// Mean, or ln spread, of a group: a dense layer of `globals`, and the sum of each number's own
/// regressors, (2, layers, count), with coefficients.
nn::NodeId regressed(GraphBuilder& build, nn::Graph& graph, const std::string& name,
                     std::int64_t size, nn::NodeId globals, std::optional<nn::NodeId> own) {
  const nn::NodeId sum = dense(graph, name, size, true, globals);
  if (!own) return sum;
  const nn::Shape& shape = build.shape_of(*own);
  const std::int64_t count = shape.back();
  const nn::NodeId one = graph.add(name + "_one", nn::Constant{{1}, {1.0f}}, {});
  const nn::NodeId kernel = graph.add(name + "_own_rows", nn::Reshape{{2, size / 2, count}},
                                      {dense(graph, name + "_own", size * count, false, one)});
  const nn::NodeId terms =
      graph.add(name + "_terms", nn::Arithmetic{nn::BinaryFunction::multiply}, {*own, kernel});
  const nn::NodeId rows =
      graph.add(name + "_rows", nn::Reduction{nn::Reducer::sum, {2}, false}, {terms});
  const nn::NodeId flat = graph.add(name + "_flat", nn::Reshape{{size}}, {rows});
  return graph.add(name + "_sum", nn::Arithmetic{nn::BinaryFunction::add}, {sum, flat});
}

/// The groups of a code's numbers, made of residuals.
class Groups {
 public:
  Groups(nn::Graph& graph, std::string prefix, nn::NodeId residuals)
      : graph_(graph), prefix_(std::move(prefix)), residuals_(residuals) {}

  /// `size` numbers from number `first`, of regressors.
  nn::NodeId numbers(const std::string& group, std::int64_t first, std::int64_t size,
                     nn::NodeId globals, std::optional<nn::NodeId> own = {}) {
    const std::string name = prefix_ + group;
    GraphBuilder build(graph_, name);
    const nn::NodeId mean = regressed(build, graph_, name + "_mean", size, globals, own);
    const nn::NodeId log = regressed(build, graph_, name + "_log_spread", size, globals, own);
    const nn::NodeId spread = build.function("_spread", nn::Function::exp, log);
    const nn::NodeId residual = build.slice("_residual", residuals_, 0, first, first + size);
    const nn::NodeId scaled =
        build.binary("_scaled", nn::BinaryFunction::multiply, residual, spread);
    return build.binary("", nn::BinaryFunction::add, scaled, mean);
  }

 private:
  nn::Graph& graph_;
  std::string prefix_;
  nn::NodeId residuals_;
};

}  // namespace

std::int64_t LayerFlow::energy_place() const {
  const auto found = std::ranges::find(conditions, "energy", &ConditionRange::name);
  SHOWERGAN_EXPECT(found != conditions.end());
  return found - conditions.begin();
}

LayerNodes append_layer_flow(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                             nn::NodeId noise, nn::NodeId condition) {
  GraphBuilder build(graph, prefix);
  const LayerGeometry& layers = flow.geometry;
  const std::int64_t n = layers.layers();
  const std::int64_t place = flow.energy_place();
  const nn::NodeId primary = build.slice("primary_energy", condition, 0, place, place + 1);
  RegressorNodes known;
  known.features = flow.features().append(graph, prefix + "condition_", condition);
  known.energy = build.slice("energy_feature", known.features, 0, place, place + 1);
  const std::int64_t size = layers.code_size();
  const nn::NodeId of_code = build.slice("code_noise", noise, 0, 0, size);
  const nn::NodeId x = append_sampling(graph, flow.coupling(), prefix, of_code, known.features);
  const nn::NodeId normal = dense(graph, prefix + "root", size, false, x);
  const nn::NodeId residuals = append_marginals(graph, size, prefix + "marginal_", normal);
  // What the whole shower is like is needed by its residuals only.
  known.whole = append_whole_shower(
      graph, prefix + "whole_",
      build.slice("whole_residual", residuals, 0, 0, LayerGeometry::energies()));
  Groups groups(graph, prefix, residuals);
  const nn::NodeId of_energies = append_energy_regressors(graph, prefix + "for_energies_", known);
  const nn::NodeId energies = groups.numbers("energies", LayerGeometry::energies(), n, of_energies);
  const nn::NodeId log_energies =
      append_log_energies(graph, layers, prefix + "layer_", energies, primary);
  known.scaled_energies =
      append_scaled_energies(graph, layers, prefix + "for_shapes_", log_energies);
  const nn::NodeId of_centres =
      append_centre_regressors(graph, layers, prefix + "for_centres_", known);
  const nn::NodeId centres =
      groups.numbers("centres", layers.centres(), 2 * n, known.features, of_centres);
  const nn::NodeId widths =
      append_widths(graph, flow, prefix, {known.features, log_energies, centres},
                    build.slice("width_chance", noise, 0, size, flow.noise_size()),
                    groups.numbers("widths", layers.widths(), 2 * n, known.features));
  return append_layers(graph, layers, prefix + "layer_", log_energies, centres, widths);
}

}  // namespace showergan::flow
