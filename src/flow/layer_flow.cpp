#include "flow/layer_flow.hpp"

#include <algorithm>

#include "base/contract.hpp"

namespace showergan::flow {
namespace {

nn::NodeId dense(nn::Graph& graph, const std::string& name, std::int64_t units, bool bias,
                 nn::NodeId from) {
  nn::Dense dense;
  dense.units = units;
  dense.bias = bias;
  return graph.add(name, dense, {from});
}

nn::NodeId append_code(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                       nn::NodeId noise, nn::NodeId condition) {
  const std::int64_t size = flow.geometry.code_size();
  const nn::NodeId features = flow.features().append(graph, prefix + "condition_", condition);
  const nn::NodeId x = append_sampling(graph, flow.coupling(), prefix, noise, features);
  const nn::NodeId residual = dense(graph, prefix + "root", size, false, x);
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
