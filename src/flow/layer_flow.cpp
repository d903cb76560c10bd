#include "flow/layer_flow.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/contract.hpp"
#include "flow/graph_builder.hpp"

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

nn::NodeId append_code(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                       nn::NodeId noise, nn::NodeId condition) {
  const std::int64_t size = flow.geometry.code_size();
  const nn::NodeId features = flow.features().append(graph, prefix + "condition_", condition);
  const nn::NodeId x = append_sampling(graph, flow.coupling(), prefix, noise, features);
  const nn::NodeId residual = append_marginals(graph, size, prefix + "marginal_",
                                               dense(graph, prefix + "root", size, false, x));
  const nn::NodeId scale = graph.add(prefix + "scale", nn::Activation{nn::Function::exp},
                                     {dense(graph, prefix + "log_scale", size, true, features)});
  const nn::NodeId mean = dense(graph, prefix + "mean", size, true, features);
  const nn::NodeId scaled =
      graph.add(prefix + "scaled", nn::Arithmetic{nn::BinaryFunction::multiply}, {residual, scale});
  return graph.add(prefix + "code", nn::Arithmetic{nn::BinaryFunction::add}, {scaled, mean});
}

}  // namespace

LayerNodes append_layer_flow(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                             nn::NodeId noise, nn::NodeId condition) {
  const auto found = std::ranges::find(flow.conditions, "energy", &ConditionRange::name);
  SHOWERGAN_EXPECT(found != flow.conditions.end());
  const std::int64_t place = found - flow.conditions.begin();
  const nn::NodeId energy =
      graph.add(prefix + "primary_energy", nn::Slice{0, place, place + 1}, {condition});
  const nn::NodeId code = append_code(graph, flow, prefix, noise, condition);
  return append_layers(graph, flow.geometry, prefix + "layer_", code, energy);
}

}  // namespace showergan::flow
